using Spectre.Console;
using SwiftNet.Live.Hosting;

namespace SwiftNet.Live.Commands;

/// <summary>Runs a pipeline with a progress bar, where there is a terminal to draw it on.</summary>
internal static class SegmentProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the pipeline to its end.</summary>
    /// <returns>The time from the first frame's capture to the end.</returns>
    public static async Task<TimeSpan> ShowAsync(PipelineHost pipeline)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        using var started = pipeline.Run.Started.Register(() => start = time.GetTimestamp());
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            await pipeline.RunAsync();
        }
        else
        {
            await AnsiConsole.Progress()
                .Columns(
                    new TaskDescriptionColumn(),
                    new ProgressBarColumn(),
                    new PercentageColumn(),
                    new RemainingTimeColumn(),
                    new SpinnerColumn())
                .StartAsync(bars => DrawAsync(bars, pipeline));
        }

        return time.GetElapsedTime(start);
    }

    private static async Task DrawAsync(ProgressContext bars, PipelineHost pipeline)
    {
        var frames = pipeline.Source.FrameCount;
        var bar = bars.AddTask("segmenting", maxValue: frames ?? 1);
        bar.IsIndeterminate = frames is null;
        var work = pipeline.RunAsync();
        do
        {
            await Task.WhenAny(work, Task.Delay(s_interval));
            var ledger = pipeline.Run.Ledger.Snapshot();
            bar.Description = $"{ledger.Written} frames";
            bar.Value = frames is null ? 0 : ledger.Captured - ledger.Balance;
        }
        while (!work.IsCompleted);
        await work;
    }
}
