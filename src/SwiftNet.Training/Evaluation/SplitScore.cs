using SwiftNet.Imaging.Scoring;
using SwiftNet.Tracking;

namespace SwiftNet.Training.Evaluation;

/// <summary>Scores of a sequence's objects.</summary>
/// <param name="Name">The sequence's name.</param>
/// <param name="Objects">Scores of each object.</param>
internal sealed record SequenceOutcome(string Name, IReadOnlyList<ObjectScores> Objects)
{
    /// <summary>What the windows did; null where the whole frame was seen.</summary>
    public WindowCounters? Windows { get; init; }

    /// <summary>Only the objects of a range of sizes.</summary>
    public SequenceOutcome OfSize(SizeClass size) => this with { Objects = [.. Objects.Where(size.Contains)] };
}

/// <summary>Mean scores over the objects of several sequences, 0 to 100.</summary>
internal sealed class SplitScore
{
    private readonly ObjectScores[] _objects;

    /// <summary>Collects the objects of all sequences.</summary>
    public SplitScore(IEnumerable<SequenceOutcome> sequences) => _objects = [.. sequences.SelectMany(s => s.Objects)];

    /// <summary>Number of objects.</summary>
    public int Count => _objects.Length;

    /// <summary>Region similarity J.</summary>
    public double J => 100 * _objects.Average(o => o.J.Mean);

    /// <summary>Boundary accuracy F.</summary>
    public double F => 100 * _objects.Average(o => o.F.Mean);

    /// <summary>Mean of J and F.</summary>
    public double Both => (J + F) / 2;

    /// <summary>J over the first fifth of each object's frames.</summary>
    public double FirstFifth => 100 * _objects.Average(o => o.FirstFifth);

    /// <summary>J over the last fifth of each object's frames.</summary>
    public double LastFifth => 100 * _objects.Average(o => o.LastFifth);
}
