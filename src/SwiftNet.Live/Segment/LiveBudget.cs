using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Segment;

/// <summary>A camera's time budget as <see cref="BudgetOptions"/> sets it: decides, reports and logs. Files are pinned, and so are cameras
/// that Budget:Fixed is set for.</summary>
/// <param name="settings">The camera's configuration.</param>
/// <param name="live">Whether the source is live.</param>
/// <param name="framesPerSecond">The source's rate; asked for at the first mask, before which a camera does not know it.</param>
/// <param name="run">Where the state is reported, and what the network is.</param>
/// <param name="logger">The log.</param>
internal sealed partial class LiveBudget(Settings settings, bool live, Func<double> framesPerSecond, PipelineRun run, ILogger logger)
{
    private readonly bool _keeps = live && !settings.Budget.Fixed;
    private readonly WriteDeferral _deferral = new(settings.Budget.DeferFrames);
    private readonly ObjectSizes _sizes = new();
    private FrameBudget? _frames;
    private double _pace;
    private double _magnification;
    private int _pixels;
    private int _unmeasured;

    /// <summary>The memory's capacity as it is to be, in frames.</summary>
    public double Capacity => _frames?.Capacity ?? settings.Memory.CapacityFrames;

    /// <summary>
    /// Begins with the first mask, and when the camera's resolution changes: at the top, or where the measured speed of the network says
    /// that frames keep up.
    /// </summary>
    /// <param name="width">Columns of the camera's frames, in pixels.</param>
    /// <param name="height">Rows of the camera's frames.</param>
    /// <param name="objects">Objects that are followed.</param>
    public void Begin(int width, int height, int objects)
    {
        var (time, size) = (settings.Budget.FrameTime, settings.Segment.Size.Fit(width, height));
        _pace = time.Pace(framesPerSecond());
        _frames = _keeps ? new FrameBudget(_pace, BudgetLadder.For(size, settings.Memory), measured: time == FrameTime.Auto) : null;
        (_magnification, _pixels) = ((double)size.Width / width, size.Width * size.Height);
        _unmeasured = 0;
        _sizes.Clear();
        run.Budget = run.Budget with
        {
            Keeps = _keeps,
            Level = 0,
            LowestLevel = _frames?.LowestLevel ?? 0,
            Scale = 1,
            CapacityFrames = Capacity,
            LimitMilliseconds = _pace,
            TooSlow = null,
        };
        if (_frames is { } frames && time == FrameTime.Auto && run.Network is { } network
            && FrameTimeEstimate.Milliseconds(network.Choice, _pixels, objects, Environment.ProcessorCount) is { } expected
            && frames.Begin(expected) is { } decision)
        {
            Report(frames, decision, $"a frame is expected to take {expected:0} ms of {_pace:0.#} ms");
        }
    }

    /// <summary>Measures the objects of every tenth mask, so that the network's picture gets too small for none of them.</summary>
    /// <param name="mask">The mask.</param>
    public void Measure(FrameMask mask)
    {
        if (_frames is { } frames && _unmeasured-- == 0)
        {
            _unmeasured = FrameBudget.Window - 1;
            _sizes.Measure(mask);
            frames.UsedShare = UsedShare(mask.Windows);
            // Without the budget's reduction windows would be seen as much more closely.
            frames.LeastScale = mask.Windows.Count > 0
                ? _sizes.LeastScale(id => ScaleOf(id, mask.Windows) / frames.Scale)
                : _sizes.LeastScale(_ => _magnification);
        }
    }

    private double UsedShare(IReadOnlyList<FrameWindow> windows)
    {
        var pixels = 0L;
        foreach (var window in windows)
        {
            pixels += window.NetworkPixels;
        }

        return pixels == 0 ? 1 : Math.Min(1, (double)pixels / _pixels);
    }

    // The scale of the window that shows an object most closely.
    private double ScaleOf(byte id, IReadOnlyList<FrameWindow> windows)
    {
        var (x, y) = _sizes.CentreOf(id);
        var most = _magnification * (_frames?.Scale ?? 1);
        foreach (var window in windows)
        {
            most = x >= window.X && x < window.X + window.Width && y >= window.Y && y < window.Y + window.Height
                ? Math.Max(most, window.Scale)
                : most;
        }

        return most;
    }

    /// <summary>Whether a memory write waits for the next frame. To be asked after every frame that leaves something to write.</summary>
    /// <param name="frameWaits">Whether a newer frame waits for the network.</param>
    /// <param name="anotherIsDue">Whether a write waits already and one more is due.</param>
    public bool WriteWaits(bool frameWaits, bool anotherIsDue) => _keeps && _deferral.Waits(frameWaits, anotherIsDue);

    /// <summary>Counts what a frame took. A new <see cref="Capacity"/> is the caller's to apply; preprocess takes a new size from the
    /// run.</summary>
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
            Report(frames, decision, Reason(frames, decision));
        }
        else if (frames.Average != before)
        {
            run.Budget = run.Budget with { AverageMilliseconds = frames.Average, LimitMilliseconds = frames.Limit };
        }

        if (frames.IsTooSlow != run.Budget.TooSlow is not null)
        {
            ReportPace(frames);
        }
    }

    private static string Reason(FrameBudget frames, BudgetDecision decision) =>
        decision.Down ? $"frames took {decision.Milliseconds:0.0} ms of {frames.Limit:0.#} ms"
        : decision.ForObjects ? $"the smallest object had fewer than {ObjectSizes.LeastCells} memory cells a side"
        : $"{decision.Milliseconds:0.0} ms are expected of {frames.Limit:0.#} ms";

    private void Report(FrameBudget frames, BudgetDecision decision, string why)
    {
        var (facts, limit) = (run.Budget, frames.Limit);
        var what = decision.Measure == BudgetMeasure.Size
            ? $"size {frames.Scale:0.##} of {settings.Segment.Size}"
            : $"memory of {frames.Capacity:0.##} frames";
        run.Budget = facts with
        {
            Level = frames.Level,
            Scale = frames.Scale,
            CapacityFrames = frames.Capacity,
            AverageMilliseconds = frames.Average,
            LimitMilliseconds = limit,
            Downs = facts.Downs + (decision.Down ? 1 : 0),
            Ups = facts.Ups + (decision.Down ? 0 : 1),
            LastDecision = $"{(decision.Down ? "down" : "up")} to {what}: {why}",
        };
        Log.Decided(logger, decision.Down ? "down" : "up", what, frames.Level, frames.LowestLevel, why);
    }

    private void ReportPace(FrameBudget frames)
    {
        var advice = frames.IsTooSlow ? SlowMachine.Describe(frames, _pace, settings.Segment.Size.ToString(), run.Network) : null;
        run.Budget = run.Budget with { TooSlow = advice };
        if (advice is null)
        {
            Log.FastEnough(logger, frames.Average, _pace);
        }
        else
        {
            Log.TooSlow(logger, advice);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Budget {Direction} to {What} (level {Level} of {Lowest}): {Why}")]
        public static partial void Decided(ILogger logger, string direction, string what, int level, int lowest, string why);

        [LoggerMessage(2, LogLevel.Warning, "{Advice}")]
        public static partial void TooSlow(ILogger logger, string advice);

        [LoggerMessage(3, LogLevel.Information, "The machine is fast enough again: a frame takes {Average:0.0} ms of {Pace:0.#} ms")]
        public static partial void FastEnough(ILogger logger, double average, double pace);
    }
}
