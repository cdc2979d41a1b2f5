namespace SwiftNet.Live.Options;

/// <summary>Alignment of masks and pictures in the preview and overlay.</summary>
internal enum Alignment
{
    /// <summary>Each picture waits for its own mask.</summary>
    Exact,

    /// <summary>Pictures do not wait and get the newest mask, which lags behind moving objects.</summary>
    Latest,
}

/// <summary>The outputs.</summary>
internal sealed record OutputOptions
{
    /// <summary>The folder for files; created if missing. Default: output.</summary>
    public string Directory { get; init; } = "output";

    /// <summary>For files: whether results of an earlier run in the folder are replaced; default false: the run is refused. Live runs never
    /// replace results.</summary>
    public bool Overwrite { get; init; }

    /// <summary>For live sources: limits of the overlay, mask and object line segments.</summary>
    public ResultFilesOptions Files { get; init; } = new();

    /// <summary>exact or latest; default exact. Live sources only, since others wait anyway. ShowWrites and Privacy imply exact.</summary>
    public Alignment Align { get; init; }

    /// <summary>Whether pictures are shown before their own masks are available.</summary>
    public bool ShowsLatest => Align == Alignment.Latest && !ShowWrites && Privacy.Hide == Hidden.None;

    /// <summary>Whether <c>overlay.mp4</c> (live: <c>overlay/START.mp4</c>) is written: the frames with their objects drawn in. Default:
    /// false.</summary>
    public bool Overlay { get; init; }

    /// <summary>Whether <c>masks/NAME.png</c> (live: <c>masks/START/NAME.png</c>) are written: object ids as 8-bit palette pictures.
    /// Default: false.</summary>
    public bool Masks { get; init; }

    /// <summary>Whether <c>objects.jsonl</c> (live: <c>objects/START.jsonl</c>) is written: one line per frame. Default: false.</summary>
    public bool JsonLines { get; init; }

    /// <summary>Whether the object lines include the masks, as COCO compressed RLE. Default: false.</summary>
    public bool Rle { get; init; }

    /// <summary>Whether <c>masks/NAME-ID.png</c> are written: each object white on black. Default: false.</summary>
    public bool ObjectMasks { get; init; }

    /// <summary>Whether pixels written to memory are marked in red; output then waits for the memory write. Default: false.</summary>
    public bool ShowWrites { get; init; }

    /// <summary>The video recording.</summary>
    public RecordingOptions Recording { get; init; } = new();

    /// <summary>Event clips.</summary>
    public ClipsOptions Clips { get; init; } = new();

    /// <summary>The RTSP stream to a media server.</summary>
    public RtspOptions Rtsp { get; init; } = new();

    /// <summary>Thresholds of object events.</summary>
    public EventsOptions Events { get; init; } = new();

    /// <summary>Publishing events by MQTT.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>Sending events as HTTP requests.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>Replacement of the background.</summary>
    public MatteOptions Matte { get; init; } = new();

    /// <summary>Privacy mode.</summary>
    public PrivacyOptions Privacy { get; init; } = new();
}
