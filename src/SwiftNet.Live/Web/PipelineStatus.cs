using SwiftNet.Imaging.Palettes;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Web;

/// <summary>What an operator sees of the service at one moment.</summary>
/// <param name="Cameras">Each camera, in the order of the configuration.</param>
/// <param name="Login">Whether a token is asked for, so that a browser can log out.</param>
/// <param name="Time">When this is, by the service's clock.</param>
internal sealed record ServiceStatus(IReadOnlyList<PipelineStatus> Cameras, bool Login, DateTimeOffset Time);

/// <summary>What an operator sees of one camera at one moment. Immutable: a reader keeps it as long as it likes.</summary>
internal sealed record PipelineStatus
{
    /// <summary>Before anything ran.</summary>
    public static PipelineStatus Starting { get; } = new() { State = "starting" };

    /// <summary>The camera's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>One word: starting, running, draining, ended, failed.</summary>
    public required string State { get; init; }

    /// <summary>Whether frames come out: the last one a few seconds ago, or three frames' time where that is longer.</summary>
    public bool Delivers { get; init; }

    /// <summary>The source's name, without credentials.</summary>
    public string Source { get; init; } = "";

    /// <summary>How the source is.</summary>
    public ConnectionStatus Connection { get; init; }

    /// <summary>The frame's own size, WxH.</summary>
    public string FrameSize { get; init; } = "";

    /// <summary>The size that the network sees, WxH.</summary>
    public string NetworkSize { get; init; } = "";

    /// <summary>The network's number format, and the reason for it; null before the network runs.</summary>
    public FormatStatus? Format { get; init; }

    /// <summary>What the network runs on: device and precision.</summary>
    public string Device { get; init; } = "";

    /// <summary>Number of the newest frame that reached the output; -1 before the first.</summary>
    public long Frame { get; init; } = -1;

    /// <summary>When that frame was captured, by the calendar.</summary>
    public DateTimeOffset? CapturedTime { get; init; }

    /// <summary>Frames a second at the output, over the last few seconds.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>From capture to mask, of the newest frame and over the last ten to twenty seconds, in milliseconds.</summary>
    public AgeStatus AgeMs { get; init; }

    /// <summary>From capture to what is seen and written, likewise.</summary>
    public AgeStatus OutputMs { get; init; }

    /// <summary>How much older the newest shown picture's mask is than the picture, in milliseconds: 0 with Output:Align=exact; null while there is no mask.</summary>
    public double? MaskBehindMs { get; init; }

    /// <summary>Milliseconds of each stage or part, in the frame's order.</summary>
    public IReadOnlyList<PartStatus> PartsMs { get; init; } = [];

    /// <summary>Where every captured frame ended, in the order to be shown: captured, written, dropped by cause, failed, in flight.</summary>
    public IReadOnlyList<CountStatus> Ledger { get; init; } = [];

    /// <summary>Where every picture ended that is shown before its own mask is there; empty with Output:Align=exact.</summary>
    public IReadOnlyList<CountStatus> Shown { get; init; } = [];

    /// <summary>Why what is to be followed from the start is not found yet; it is looked for on later pictures. Null where nothing is looked for.</summary>
    public string? StartPrompts { get; init; }

    /// <summary>The objects that are followed, in order of id.</summary>
    public IReadOnlyList<ObjectStatus> Objects { get; init; } = [];

    /// <summary>Memory pixels held for each object, and how many there may be.</summary>
    public MemoryStatus Memory { get; init; }

    /// <summary>How the time budget stands.</summary>
    public BudgetStatus Budget { get; init; }

    /// <summary>Where results go and how each fares.</summary>
    public IReadOnlyList<SinkStatus> Sinks { get; init; } = [];
}

/// <summary>A latency in milliseconds.</summary>
internal readonly record struct AgeStatus(double Last, double Median, double P95, double P99);

/// <summary>How long one part of the work takes, in milliseconds.</summary>
internal readonly record struct PartStatus(string Name, double Median, double P95);

/// <summary>One line of the ledger.</summary>
internal readonly record struct CountStatus(string Name, long Count);

/// <summary>One object in the newest mask; the area in pixels of the frame.</summary>
internal readonly record struct ObjectStatus(byte Id, float Confidence, long Area)
{
    private readonly ObjectLooks? _looks;

    /// <summary>The same with the names and colours that were given.</summary>
    public ObjectStatus(byte id, float confidence, long area, ObjectLooks looks)
        : this(id, confidence, area) => _looks = looks;

    /// <summary>What it is called.</summary>
    public string Name => _looks?.Name(Id) ?? $"object {Id}";

    /// <summary>The colour it is drawn in, <c>#rrggbb</c>.</summary>
    public string Colour => OverlayColours.Text((_looks ?? ObjectLooks.None).DrawnColour(Id));
}

/// <summary>The network's memory: pixels held and room for, writes since the start, the frame last written and why.</summary>
internal readonly record struct MemoryStatus(long Pixels, long Capacity, long Writes, long LastFrame, string? LastReason);

/// <summary>The time budget.</summary>
/// <param name="Kept">Whether it decides anything: for live sources, unless Budget:Pin is set.</param>
/// <param name="FrameMs">What a frame took, averaged over ten, in milliseconds.</param>
/// <param name="LimitMs">What it may take.</param>
/// <param name="Level">Steps below what is configured; 0 is as configured.</param>
/// <param name="LowestLevel">The lowest level there is.</param>
/// <param name="Scale">What the sides of the network's picture are multiplied by.</param>
/// <param name="CapacityFrames">The memory's capacity, in frames.</param>
/// <param name="Downs">Steps down since the start.</param>
/// <param name="Ups">Steps up.</param>
/// <param name="TooSlow">That the machine is too slow for the camera, why, and what would help; null while it is fast enough.</param>
/// <param name="LastDecision">What was decided last, and why.</param>
/// <param name="WritesTriggered">Frames found due for a memory write.</param>
/// <param name="WritesDeferred">Of these, those that had to wait.</param>
/// <param name="WritesForced">Of these, those that went before a newer frame at last.</param>
/// <param name="PreviousSkipped">Frames that did not become the previous frame, for want of time.</param>
internal readonly record struct BudgetStatus(
    bool Kept,
    double FrameMs,
    double LimitMs,
    int Level,
    int LowestLevel,
    double Scale,
    double CapacityFrames,
    long Downs,
    long Ups,
    string? TooSlow,
    string? LastDecision,
    long WritesTriggered,
    long WritesDeferred,
    long WritesForced,
    long PreviousSkipped)
{
    /// <summary>The status of a run.</summary>
    public static BudgetStatus Of(BudgetFacts facts, WriteTally writes) => new(
        facts.Keeps,
        facts.AverageMilliseconds,
        facts.LimitMilliseconds,
        facts.Level,
        facts.LowestLevel,
        facts.Scale,
        facts.CapacityFrames,
        facts.Downs,
        facts.Ups,
        facts.TooSlow,
        facts.LastDecision,
        writes.Triggered,
        writes.Deferred,
        writes.Forced,
        writes.Skipped);
}

/// <summary>One sink: results taken, results it could not take, results that newer ones pushed out of its queue, whether it fails now, and what it said last.</summary>
internal readonly record struct SinkStatus(string Name, long Taken, long Failed, long Dropped, bool Failing, string? LastError);
