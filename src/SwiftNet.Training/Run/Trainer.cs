using System.Diagnostics;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Evaluation;
using SwiftNet.Training.Optimisation;

namespace SwiftNet.Training.Run;

/// <summary>Runs training steps with log, checkpoints, exports and scores, until the run is complete or cancelled.</summary>
/// <param name="state">The run's state.</param>
/// <param name="options">The run's options.</param>
/// <param name="maker">Makes the clips.</param>
/// <param name="development">The split to score at intervals; null = none.</param>
/// <param name="plan">Output folder and intervals.</param>
/// <param name="report">Receives the progress.</param>
internal sealed class Trainer(
    TrainingState state, TrainingOptions options, ClipMaker maker, DevelopmentSplit? development, RunPlan plan, IReport report)
{
    private string? _scores;

    /// <summary>Runs until complete or cancelled; the state is saved in both cases.</summary>
    public void Run(CancellationToken stop)
    {
        using var log = new TrainingLog(plan.Folder, state.Step);
        using var source = new BatchSource(new BatchPlan(options), maker, state.Step, plan.BatchesAhead);
        var (saved, scored) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        var until = plan.Steps is { } most ? Math.Min(options.Iterations, state.Step + most) : options.Iterations;
        while ((state.Step < until && !stop.IsCancellationRequested) || !state.AtUpdate)
        {
            var start = Stopwatch.GetTimestamp();
            var batch = source.Next();
            var waited = Stopwatch.GetElapsedTime(start);
            var rate = options.Rate * Schedule.At(state.Step, options);
            var outcome = state.TrainStep(batch);
            log.Add(batch, outcome, rate, Stopwatch.GetElapsedTime(start), waited);
            report.Step(state.Step, outcome, Stopwatch.GetElapsedTime(start));
            if (Stopwatch.GetElapsedTime(saved) >= plan.Save && state.AtUpdate)
            {
                Save();
                saved = Stopwatch.GetTimestamp();
            }

            if (development is not null && state.AtUpdate && Stopwatch.GetElapsedTime(scored) >= plan.Score)
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
        TrainingCheckpoint.Save(plan.Folder, state, options);
        Export.Write(Average, state, options, plan.Data, _scores);
        Draw();
    }

    private void Score()
    {
        var outcomes = development!.Score(Average, previousFrame: true);
        DevelopmentLog.Add(plan.Folder, state.Step, outcomes);
        _scores = DevelopmentSplit.Line($"development split at step {state.Step}, previous frame on", new SplitScore(outcomes));
        report.Line(_scores);
        Export.Write(Average, state, options, plan.Data, _scores);
        Draw();
    }

    /// <summary>Plots the curves; an error does not end the run.</summary>
    private void Draw()
    {
        try
        {
            Curves.Draw(plan.Folder);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or TypeInitializationException or DllNotFoundException or FormatException)
        {
            report.Line($"The curves could not be drawn: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}");
        }
    }
}
