using System.Diagnostics;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;
using SwiftNet.Training.Optimisation;

namespace SwiftNet.Training.Run;

/// <summary>A run: batch after batch, with a log, checkpoints, exports and scores, until it is over or told to stop.</summary>
/// <param name="learner">The state.</param>
/// <param name="options">What is learnt and how.</param>
/// <param name="maker">Makes the clips.</param>
/// <param name="development">Is scored at intervals; null for none.</param>
/// <param name="plan">Where results go, and when.</param>
/// <param name="report">Is told how it goes.</param>
internal sealed class Trainer(Learner learner, TrainingOptions options, ClipMaker maker, DevelopmentSplit? development, RunPlan plan, IReport report)
{
    private string? _scores;

    /// <summary>Runs. What has been learnt is kept whenever it ends.</summary>
    public void Run(CancellationToken stop)
    {
        using var log = new TrainingLog(plan.Folder, learner.Step);
        using var source = new BatchSource(new BatchPlan(options), maker, learner.Step, plan.BatchesAhead);
        var (saved, scored) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        var until = plan.Steps is { } most ? Math.Min(options.Iterations, learner.Step + most) : options.Iterations;
        while ((learner.Step < until && !stop.IsCancellationRequested) || !learner.AtUpdate)
        {
            var start = Stopwatch.GetTimestamp();
            var batch = source.Next();
            var waited = Stopwatch.GetElapsedTime(start);
            var rate = options.Rate * Schedule.At(learner.Step, options);
            var outcome = learner.Learn(batch);
            log.Add(batch, outcome, rate, Stopwatch.GetElapsedTime(start), waited);
            report.Step(learner.Step, outcome, Stopwatch.GetElapsedTime(start));
            if (Stopwatch.GetElapsedTime(saved) >= plan.Save && learner.AtUpdate)
            {
                Save();
                saved = Stopwatch.GetTimestamp();
            }

            if (development is not null && learner.AtUpdate && Stopwatch.GetElapsedTime(scored) >= plan.Score)
            {
                Save();
                Score();
                scored = Stopwatch.GetTimestamp();
            }
        }

        Save();
    }

    private string Average => Path.Combine(plan.Folder, "average.safetensors");

    private void Save()
    {
        RunState.Save(plan.Folder, learner, options);
        Export.Write(Average, learner, options, plan.Data, _scores);
        Draw();
    }

    private void Score()
    {
        var outcomes = development!.Score(Average, previousFrame: true);
        DevelopmentLog.Add(plan.Folder, learner.Step, outcomes);
        _scores = DevelopmentSplit.Line($"development split at step {learner.Step}, previous frame on", new SplitScore(outcomes));
        report.Line(_scores);
        Export.Write(Average, learner, options, plan.Data, _scores);
        Draw();
    }

    /// <summary>A picture that cannot be drawn ends no run.</summary>
    private void Draw()
    {
        try
        {
            Curves.Draw(plan.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TypeInitializationException or DllNotFoundException or FormatException)
        {
            report.Line($"The curves cannot be drawn: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}");
        }
    }
}
