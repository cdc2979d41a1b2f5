using System.Globalization;
using SwiftNet.Imaging.Palettes;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Zones;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Status;

/// <summary>Status of the service at one moment.</summary>
/// <param name="Cameras">Status of each camera, in the order of the configuration.</param>
/// <param name="Login">Whether a token is required, so that a browser can log out.</param>
/// <param name="Time">Time of the status, by the service's clock.</param>
internal sealed record ServiceStatus(IReadOnlyList<PipelineStatus> Cameras, bool Login, DateTimeOffset Time);

/// <summary>Status of a camera at one moment. Immutable.</summary>
internal sealed record PipelineStatus
{
    /// <summary>The initial status.</summary>
    public static PipelineStatus Starting { get; } = new() { State = "starting" };

    /// <summary>The camera's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>starting, running, draining, ended or failed.</summary>
    public required string State { get; init; }

    /// <summary>Whether frames are delivered: within the last five seconds, or three frame intervals if that is longer.</summary>
    public bool Delivers { get; init; }

    /// <summary>The source's name, without credentials.</summary>
    public string Source { get; init; } = "";

    /// <summary>Status of the source.</summary>
    public ConnectionStatus Connection { get; init; }

    /// <summary>Native frame size, WxH.</summary>
    public string FrameSize { get; init; } = "";

    /// <summary>Input size of the network, WxH.</summary>
    public string NetworkSize { get; init; } = "";

    /// <summary>The network's number format and the reason for it; null before the network runs.</summary>
    public FormatStatus? Format { get; init; }

    /// <summary>Device and precision of the network.</summary>
    public string Device { get; init; } = "";

    /// <summary>Number of the newest delivered frame; -1 before the first.</summary>
    public long Frame { get; init; } = -1;

    /// <summary>Capture time of that frame.</summary>
    public DateTimeOffset? CapturedTime { get; init; }

    /// <summary>Delivered frames per second, over the last few seconds.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Latency from capture to mask, in milliseconds: newest frame, and percentiles over the last ten to twenty seconds.</summary>
    public AgeStatus AgeMs { get; init; }

    /// <summary>Latency from capture to display and files, likewise.</summary>
    public AgeStatus OutputMs { get; init; }

    /// <summary>How much older the mask of the newest shown picture is than the picture, in milliseconds: 0 with Output:Align=exact; null
    /// without a mask.</summary>
    public double? MaskBehindMs { get; init; }

    /// <summary>Duration of each part of the processing in milliseconds, in processing order.</summary>
    public IReadOnlyList<PartStatus> PartsMs { get; init; } = [];

    /// <summary>Frame counts by outcome, in display order: captured, written, dropped by cause, failed, in flight.</summary>
    public IReadOnlyList<CountStatus> Ledger { get; init; } = [];

    /// <summary>Counts of shown pictures by outcome with Output:Align=latest; empty with exact.</summary>
    public IReadOnlyList<CountStatus> Shown { get; init; } = [];

    /// <summary>Why a start prompt has not been segmented yet; later pictures are tried. Null = nothing pending.</summary>
    public string? StartPrompts { get; init; }

    /// <summary>The windows that the network saw of the newest frame; empty with Segment:Window=off.</summary>
    public IReadOnlyList<WindowStatus> Windows { get; init; } = [];

    /// <summary>The tracked objects, by id.</summary>
    public IReadOnlyList<ObjectStatus> Objects { get; init; } = [];

    /// <summary>The zones and lines with their counts, those of the settings first.</summary>
    public IReadOnlyList<ZoneFacts> Zones { get; init; } = [];

    /// <summary>The event clips.</summary>
    public ClipStatus Clips { get; init; }

    /// <summary>Memory usage and capacity per object, in pixels.</summary>
    public MemoryStatus Memory { get; init; }

    /// <summary>Status of the time budget.</summary>
    public BudgetStatus Budget { get; init; }

    /// <summary>Status of the sinks.</summary>
    public IReadOnlyList<SinkStatus> Sinks { get; init; } = [];
}

/// <summary>A latency in milliseconds.</summary>
internal readonly record struct AgeStatus(double Last, double Median, double P95, double P99);

/// <summary>Duration of one part of the processing, in milliseconds.</summary>
internal readonly record struct PartStatus(string Name, double Median, double P95);

/// <summary>One count of the frame ledger.</summary>
internal readonly record struct CountStatus(string Name, long Count);

/// <summary>An object in the newest mask; the area in pixels of the native frame.</summary>
internal readonly record struct ObjectStatus(byte Id, float Confidence, long Area)
{
    private readonly ObjectStyles? _looks;

    /// <summary>Adds the objects' names and colours.</summary>
    public ObjectStatus(byte id, float confidence, long area, ObjectStyles looks)
        : this(id, confidence, area) => _looks = looks;

    /// <summary>The scale of the object in the network input: network pixels to camera pixels per side, such as 1:3; null with
    /// Segment:Window=off.</summary>
    public string? Detail { get; init; }

    /// <summary>The object's name.</summary>
    public string Name => _looks?.Name(Id) ?? $"object {Id}";

    /// <summary>The object's display colour, <c>#rrggbb</c>.</summary>
    public string Colour => OverlayColours.Text((_looks ?? ObjectStyles.None).DrawnColour(Id));
}

/// <summary>A window of a frame that the network processes.</summary>
/// <param name="X">First column, in pixels of the frame.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="NetworkSize">Size of the network's picture of it, WxH.</param>
/// <param name="Detail">Network pixels to camera pixels per side, such as 1:1 or 1:3.</param>
internal readonly record struct WindowStatus(int X, int Y, int Width, int Height, string NetworkSize, string Detail)
{
    /// <summary>The status of a window.</summary>
    public static WindowStatus Of(FrameWindow window) =>
        new(window.X, window.Y, window.Width, window.Height, $"{window.NetworkWidth}x{window.NetworkHeight}", Ratio(window.Scale));

    /// <summary>A scale as a ratio: 1:3 for a third, 1.5:1 for one and a half.</summary>
    public static string Ratio(double scale) => scale >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{scale:0.#}:1")
        : string.Create(CultureInfo.InvariantCulture, $"1:{1 / scale:0.#}");
}

/// <summary>The network's memory: pixels used and capacity, writes since the start, last written frame and reason.</summary>
internal readonly record struct MemoryStatus(long Pixels, long Capacity, long Writes, long LastFrame, string? LastReason);

/// <summary>The event clips: written since the start, kept on the disk, and their total size in bytes.</summary>
internal readonly record struct ClipStatus(long Written, long Kept, long Bytes);

/// <summary>Status of the time budget.</summary>
/// <param name="Kept">Whether the budget is enforced: for live sources, unless Budget:Fixed is set.</param>
/// <param name="FrameMs">Processing time per frame, mean of ten frames, in milliseconds.</param>
/// <param name="LimitMs">Allowed processing time per frame, in milliseconds.</param>
/// <param name="Level">Quality steps below the configured settings; 0 = as configured.</param>
/// <param name="LowestLevel">Largest number of quality steps.</param>
/// <param name="Scale">Scale of the network's input relative to the configured size.</param>
/// <param name="CapacityFrames">Memory capacity in frames.</param>
/// <param name="Downs">Number of steps down since the start.</param>
/// <param name="Ups">Number of steps up since the start.</param>
/// <param name="TooSlow">Why the machine is too slow for the camera, with advice; null = fast enough.</param>
/// <param name="LastDecision">The last decision and its reason.</param>
/// <param name="WritesTriggered">Number of memory writes triggered.</param>
/// <param name="WritesDeferred">Number of memory writes deferred.</param>
/// <param name="WritesForced">Number of deferred writes forced before a newer frame.</param>
/// <param name="PreviousSkipped">Number of frames not stored as previous frame, for lack of time.</param>
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
    /// <summary>The status of a camera's run.</summary>
    public static BudgetStatus Of(BudgetState facts, WriteCounters writes) => new(
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

/// <summary>Status of a sink: results taken, failed, and dropped from its queue, whether it fails now, and its last message.</summary>
internal readonly record struct SinkStatus(string Name, long Taken, long Failed, long Dropped, bool Failing, string? LastError);
