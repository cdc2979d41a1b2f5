using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>A camera's time budget as <see cref="BudgetOptions"/> sets it: decides, tells and logs. Files are pinned, and so are cameras that Budget:Pin is set for.</summary>
internal sealed partial class LiveBudget(Settings settings, bool live, PipelineRun run, ILogger logger)
{
    private readonly bool _keeps = live && !settings.Budget.Pin;
    private readonly WriteDeferral _deferral = new(settings.Budget.DeferFrames);
    private FrameBudget? _frames;

    /// <summary>The memory's capacity as it is to be, in frames.</summary>
    public double Capacity => _frames?.Capacity ?? settings.Memory.CapacityFrames;

    /// <summary>Begins at the top: with the first mask, and when the camera's resolution changes.</summary>
    /// <param name="device">What the network runs on, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="width">Columns of the camera's frames, in pixels.</param>
    /// <param name="height">Rows of the camera's frames.</param>
    public void Begin(string device, int width, int height)
    {
        var limit = settings.Budget.FrameTime.On(device);
        _frames = _keeps ? new FrameBudget(limit, BudgetLadder.For(settings.Segment.Size.Fit(width, height), settings.Memory)) : null;
        run.Budget = run.Budget with
        {
            Keeps = _keeps,
            Level = 0,
            LowestLevel = _frames?.LowestLevel ?? 0,
            Scale = 1,
            CapacityFrames = Capacity,
            LimitMilliseconds = limit,
        };
    }

    /// <summary>Whether a memory write waits for the next frame. To be asked after every frame that leaves something to write.</summary>
    /// <param name="frameWaits">Whether a newer frame waits for the network.</param>
    /// <param name="anotherIsDue">Whether a write waits already and one more is due.</param>
    public bool WriteWaits(bool frameWaits, bool anotherIsDue) => _keeps && _deferral.Waits(frameWaits, anotherIsDue);

    /// <summary>Counts what a frame took. A new <see cref="Capacity"/> is the caller's to apply; preprocess takes a new size from the run.</summary>
    public void Count(TimeSpan preprocess, PartTimes times)
    {
        if (_frames is not { } frames)
        {
            return;
        }

        var total = preprocess + times.Encode + times.Match + times.Decode + times.Fetch + times.Write;
        var before = frames.Average;
        if (frames.Add(total.TotalMilliseconds, times.Match.TotalMilliseconds) is { } decision)
        {
            Tell(frames, decision);
        }
        else if (frames.Average != before)
        {
            run.Budget = run.Budget with { AverageMilliseconds = frames.Average };
        }
    }

    private void Tell(FrameBudget frames, BudgetDecision decision)
    {
        var (facts, limit) = (run.Budget, run.Budget.LimitMilliseconds);
        var what = decision.Measure == BudgetMeasure.Size ? $"size {frames.Scale:0.##} of {settings.Segment.Size}" : $"memory of {frames.Capacity:0.##} frames";
        var why = decision.Down ? $"frames took {decision.Milliseconds:0.0} ms of {limit:0.#} ms" : $"{decision.Milliseconds:0.0} ms are expected of {limit:0.#} ms";
        run.Budget = facts with
        {
            Level = frames.Level,
            Scale = frames.Scale,
            CapacityFrames = frames.Capacity,
            AverageMilliseconds = frames.Average,
            Downs = facts.Downs + (decision.Down ? 1 : 0),
            Ups = facts.Ups + (decision.Down ? 0 : 1),
            LastDecision = $"{(decision.Down ? "down" : "up")} to {what}: {why}",
        };
        Log.Decided(logger, decision.Down ? "down" : "up", what, frames.Level, frames.LowestLevel, why);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Budget {Direction} to {What} (level {Level} of {Lowest}): {Why}")]
        public static partial void Decided(ILogger logger, string direction, string what, int level, int lowest, string why);
    }
}
