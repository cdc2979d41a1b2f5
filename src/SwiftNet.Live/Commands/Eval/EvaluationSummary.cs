using SwiftNet.Imaging.Scoring;
using SwiftNet.Metrics;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>The figures of one sequence or of several: means over their objects, as the published evaluator takes them.</summary>
internal sealed record EvaluationSummary
{
    private readonly ObjectScores[] _objects;
    private readonly TimeSpan _time;
    private readonly int _writes;
    private readonly StepTime[] _steps;

    /// <summary>Sums up.</summary>
    /// <param name="name">The sequence's name, or one for all.</param>
    /// <param name="sequences">What they came to.</param>
    /// <param name="size">Only the objects of this range of sizes count; null: all.</param>
    public EvaluationSummary(string name, IReadOnlyCollection<SequenceResult> sequences, SizeClass? size = null)
    {
        Name = name;
        _objects = [.. sequences.SelectMany(s => s.Objects).Where(o => size?.Contains(o) ?? true)];
        Frames = sequences.Sum(s => s.Frames);
        _time = TimeSpan.FromTicks(sequences.Sum(s => s.Time.Ticks));
        _writes = sequences.Sum(s => s.Writes);
        FollowedFrames = Frames - sequences.Count;
        _steps = [.. sequences.SelectMany(s => s.Steps)];
        Windows = sequences.Any(s => s.Windows is not null)
            ? sequences.Aggregate(default(WindowCounters), (sum, s) => sum.With(s.Windows ?? default))
            : null;
        MemoryPixels = sequences.Count == 0 ? 0 : sequences.Average(s => s.MemoryPixels);
    }

    /// <summary>What the windows did; null where there were none.</summary>
    public WindowCounters? Windows { get; }

    /// <summary>The sequence's name, or one for all.</summary>
    public string Name { get; }

    /// <summary>Objects that have a scored frame; without one there are no figures but those of speed and memory.</summary>
    public int Objects => _objects.Length;

    /// <summary>Frames segmented.</summary>
    public int Frames { get; }

    /// <summary>Those behind the first, which is always in memory.</summary>
    public int FollowedFrames { get; }

    /// <summary>The region similarity.</summary>
    public SequenceScore J => SequenceScore.Average(Array.ConvertAll(_objects, o => o.J));

    /// <summary>The boundary accuracy.</summary>
    public SequenceScore F => SequenceScore.Average(Array.ConvertAll(_objects, o => o.F));

    /// <summary>The mean of both, 0 to 1.</summary>
    public double JF => (J.Mean + F.Mean) / 2;

    /// <summary>Mean J over the first fifth of each object's frames.</summary>
    public double FirstFifth => _objects.Average(o => o.FirstFifth);

    /// <summary>Mean J over the last fifth.</summary>
    public double LastFifth => _objects.Average(o => o.LastFifth);

    /// <summary>The share of the frames behind the first that is written to memory.</summary>
    public double WriteRate => FollowedFrames == 0 ? 0 : (double)_writes / FollowedFrames;

    /// <summary>Memory pixels at the end of a sequence, on average.</summary>
    public double MemoryPixels { get; }

    /// <summary>Frames a second.</summary>
    public double Rate => Frames / Math.Max(1e-9, _time.TotalSeconds);

    /// <summary>
    /// Milliseconds a frame behind the first: the medians of those that are written and of those that are not, each with its share. So
    /// writes count, and what else the machine does now and then does not.
    /// </summary>
    public double TypicalMilliseconds => (WriteRate * Median(written: true)) + ((1 - WriteRate) * Median(written: false));

    private double Median(bool written)
    {
        var times = _steps.Where(s => s.Written == written).Select(s => s.Time.TotalMilliseconds).Order().ToArray();
        return times.Length == 0 ? 0 : (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
    }
}
