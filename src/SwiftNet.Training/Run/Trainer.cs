using System.Diagnostics;
using System.Globalization;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Optimisation;
using SwiftNet.Weights;

namespace SwiftNet.Training.Run;

/// <summary>A run: batch after batch, with a log, checkpoints and exports, until it is over or told to stop.</summary>
internal sealed class Trainer(Learner learner, TrainingOptions options, BatchPlan plan, ClipMaker maker, string folder, TrainingTimes times, TextWriter console)
{
    private readonly Queue<StepOutcome> _recent = [];
    private readonly Queue<double> _seconds = [];

    /// <summary>Runs. What has been learnt is kept whenever it ends.</summary>
    public void Run(CancellationToken stop)
    {
        using var log = new TrainingLog(Path.Combine(folder, "log.csv"), learner.Step);
        using var source = new BatchSource(plan, maker, learner.Step, times.BatchesAhead);
        var (begun, saved) = (learner.Step, Stopwatch.GetTimestamp());
        var until = times.Steps is { } most ? Math.Min(options.Iterations, begun + most) : options.Iterations;
        while (learner.Step < until && !stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            var batch = source.Next();
            var waited = Stopwatch.GetElapsedTime(start);
            var rate = options.Rate * Schedule.At(learner.Step, options);
            var outcome = learner.Learn(batch);
            log.Add(batch, outcome, rate, Stopwatch.GetElapsedTime(start), waited);
            Report(outcome, Stopwatch.GetElapsedTime(start));
            if (Stopwatch.GetElapsedTime(saved) >= times.Save)
            {
                Save();
                saved = Stopwatch.GetTimestamp();
            }
        }

        Save();
    }

    private void Save()
    {
        RunState.Save(folder, learner, options);
        var tensors = learner.Weights.Export(learner.Average.Values).ToDictionary(t => t.Key, t => t.Value.ToHalf(), StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(learner.Weights.Architecture.Metadata, StringComparer.Ordinal)
        {
            ["steps"] = learner.Step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        };
        SafetensorsFile.Write(Path.Combine(folder, "average.safetensors"), tensors, metadata);
    }

    private void Report(StepOutcome outcome, TimeSpan time)
    {
        _recent.Enqueue(outcome);
        _seconds.Enqueue(time.TotalSeconds);
        if (learner.Step % times.ReportEvery != 0)
        {
            return;
        }

        var small = _recent.Where(r => !double.IsNaN(r.Small)).Select(r => r.Small).DefaultIfEmpty(double.NaN).Average();
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} step {learner.Step}: cross-entropy {_recent.Average(r => r.CrossEntropy):0.000}, Jaccard {_recent.Average(r => r.Jaccard):0.000}, IoU {_recent.Average(r => r.Overlap):0.000}, small {small:0.000}, gradient {_recent.Average(r => r.Gradient):0.00}, {_seconds.Average():0.00} s a step, {learner.Skipped} skipped"));
        console.Flush();
        _recent.Clear();
        _seconds.Clear();
    }
}

/// <summary>When a run does what.</summary>
internal sealed record TrainingTimes
{
    /// <summary>Time between two checkpoints.</summary>
    public TimeSpan Save { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Steps between two lines on the console.</summary>
    public int ReportEvery { get; init; } = 50;

    /// <summary>Batches made ahead.</summary>
    public int BatchesAhead { get; init; } = 3;

    /// <summary>Steps of this call; null for all that are left.</summary>
    public int? Steps { get; init; }
}
