using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Pipeline;

/// <summary>What the stages of one camera share: the counts, and the first failure. Observers read snapshots of it and cannot stall a
/// stage.</summary>
internal sealed partial class PipelineRun(ServiceLife life, ILogger<PipelineRun> logger, CameraLease? lease = null)
{
    private Exception? _failure;
    private volatile NetworkState? _network;
    private volatile bool _ended;
    private volatile bool _needsWholeFrames = true;
    private volatile int _windowCount;
    private volatile string? _startPrompts;
    private volatile TriggerThresholds? _thresholds;
    private volatile BudgetState _budget = BudgetState.Pinned;
    private readonly Lock _changingSinks = new();
    private volatile IReadOnlyList<SinkCounters> _sinks = [];

    /// <summary>The right to capture and to publish; without a fleet it always holds.</summary>
    public CameraLease Lease { get; } = lease ?? CameraLease.Alone;

    /// <summary>Where every frame ended.</summary>
    public Ledger Ledger { get; } = new(
        [
            DropCause.OvertakenBeforePreprocess, DropCause.OvertakenBeforeSegment, DropCause.OvertakenBeforeOutput,
            .. lease is null ? [] : new[] { DropCause.Fenced },
        ]);

    /// <summary>Where every picture ended that is shown before its own mask is there (Output:Align=latest): its own way, so its own
    /// ledger.</summary>
    public Ledger Shown { get; } = new([DropCause.OvertakenBeforeShow, .. lease is null ? [] : new[] { DropCause.Fenced }]);

    /// <summary>From capture to mask.</summary>
    public LatencyStatistics CaptureToMask { get; } = new();

    /// <summary>From capture to taken by every sink.</summary>
    public LatencyStatistics CaptureToOutput { get; } = new();

    /// <summary>With pictures that do not wait for their masks: from capture to shown by every sink that shows pictures.</summary>
    public LatencyStatistics CaptureToShow { get; } = new();

    /// <summary>The parts of a frame's work.</summary>
    public PartLatencies Parts { get; } = new();

    /// <summary>The network and its memory; null before the first mask.</summary>
    public NetworkState? Network
    {
        get => _network;
        set
        {
            if (value is not null && value.Writes != (_network?.Writes ?? 0))
            {
                WriteReasons.Add(value.LastReason);
            }

            _network = value;
        }
    }

    /// <summary>The time budget; segment decides, preprocess goes by it.</summary>
    public BudgetState Budget
    {
        get => _budget;
        set => _budget = value;
    }

    /// <summary>Windows of the newest frame that the network saw; 1 with the whole frame, 0 while no object is followed.</summary>
    public int WindowCount
    {
        get => _windowCount;
        set => _windowCount = value;
    }

    /// <summary>Whether the network processes whole frames, so that preprocess scales them down ahead; windows are cut by segment. Segment
    /// decides, preprocess goes by it.</summary>
    public bool NeedsWholeFrames
    {
        get => _needsWholeFrames;
        set => _needsWholeFrames = value;
    }

    /// <summary>Of a live camera: why what is to be followed from the start is not found yet; null where nothing is looked for.</summary>
    public string? StartPrompts
    {
        get => _startPrompts;
        set => _startPrompts = value;
    }

    /// <summary>When memory was written.</summary>
    public WriteCounters Writes { get; } = new();

    /// <summary>Memory writes, by reason.</summary>
    public WriteReasons WriteReasons { get; } = new();

    /// <summary>The trigger's thresholds that hold from the next frame on; null while they are those of the start.</summary>
    public TriggerThresholds? Thresholds
    {
        get => _thresholds;
        set => _thresholds = value;
    }

    /// <summary>The event clips.</summary>
    public ClipCounters Clips { get; } = new();

    /// <summary>The sinks, in the order in which they came.</summary>
    public IReadOnlyList<SinkCounters> Sinks => _sinks;

    /// <summary>One more sink is served.</summary>
    public void SinkCame(SinkCounters sink)
    {
        lock (_changingSinks)
        {
            _sinks = [.. _sinks, sink];
        }
    }

    /// <summary>A sink is served no more.</summary>
    public void SinkGone(SinkCounters sink)
    {
        lock (_changingSinks)
        {
            _sinks = [.. _sinks.Where(other => other != sink)];
        }
    }

    /// <summary>Signalled when capture is asked to stop.</summary>
    public CancellationToken Stopping => life.Stopping;

    /// <summary>What broke the run first; null while nothing has.</summary>
    public Exception? Failure => _failure;

    /// <summary>Whether the source has ended and everything is written.</summary>
    public bool Ended => _ended;

    /// <summary>Signalled when every stage has been opened: no frame is captured before.</summary>
    public CancellationToken Started => life.Started;

    /// <summary>A stage broke: the process ends, with this failure as its result.</summary>
    public void Fail(string stage, Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            Log.StageBroke(logger, stage, failure.Message);
        }

        life.Fail();
    }

    /// <summary>The source has ended and everything is written.</summary>
    public void End()
    {
        if (Ledger.Snapshot() is { Captured: > 0 } ledger)
        {
            Log.Ended(logger, ledger, CaptureToMask.Snapshot());
        }

        _ended = true;
        life.CameraEnded();
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "Ended: {Ledger}; capture to mask {Latency}")]
        public static partial void Ended(ILogger logger, LedgerSnapshot ledger, LatencySnapshot latency);

        [LoggerMessage(1, LogLevel.Debug, "The {Stage} stage broke: {Message}")]
        public static partial void StageBroke(ILogger logger, string stage, string message);
    }
}
