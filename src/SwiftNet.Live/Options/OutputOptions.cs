namespace SwiftNet.Live.Options;

/// <summary>Which mask a shown picture has.</summary>
internal enum Alignment
{
    /// <summary>Its own: each picture waits for it.</summary>
    Exact,

    /// <summary>The newest there is: no picture waits, and masks lag behind what moves.</summary>
    Latest,
}

/// <summary>Where the results go.</summary>
internal sealed record OutputOptions
{
    /// <summary>The folder that files are written to, made where it is missing. Default: output.</summary>
    public string Directory { get; init; } = "output";

    /// <summary>For sources that are not live: whether the results of an earlier run in that folder are replaced; default false: the run is refused. Live runs never replace any.</summary>
    public bool Overwrite { get; init; }

    /// <summary>For live sources: the segments of overlay, masks and object lines.</summary>
    public ResultFilesOptions Files { get; init; } = new();

    /// <summary>exact or latest; default exact. Of live sources alone: others wait anyway. ShowWrites and Privacy imply exact.</summary>
    public Alignment Align { get; init; }

    /// <summary>Whether pictures are shown before their own masks are there.</summary>
    public bool ShowsLatest => Align == Alignment.Latest && !ShowWrites && Privacy.Hide == Hidden.None;

    /// <summary>Whether <c>overlay.mp4</c>, of a live run <c>overlay/START.mp4</c>, is written: the frames with their objects drawn in. Default: false.</summary>
    public bool Overlay { get; init; }

    /// <summary>Whether <c>masks/NAME.png</c>, of a live run <c>masks/START/NAME.png</c>, are written: object ids as 8-bit palette pictures. Default: false.</summary>
    public bool Masks { get; init; }

    /// <summary>Whether <c>objects.jsonl</c>, of a live run <c>objects/START.jsonl</c>, is written: a line a frame. Default: false.</summary>
    public bool JsonLines { get; init; }

    /// <summary>Whether the object lines hold the masks too, as COCO's compressed run lengths. Default: false.</summary>
    public bool Rle { get; init; }

    /// <summary>Whether <c>masks/NAME-ID.png</c> are written: each object white on black. Default: false.</summary>
    public bool ObjectMasks { get; init; }

    /// <summary>Whether the pixels written to memory are marked in red; the mask then leaves only after the memory write. Default: false.</summary>
    public bool ShowWrites { get; init; }

    /// <summary>The recording.</summary>
    public RecordingOptions Recording { get; init; } = new();

    /// <summary>The stream to a media server.</summary>
    public RtspOptions Rtsp { get; init; } = new();

    /// <summary>When an object has an event.</summary>
    public EventsOptions Events { get; init; } = new();

    /// <summary>Events to an MQTT broker.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>Events as HTTP requests.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>The objects before another background.</summary>
    public MatteOptions Matte { get; init; } = new();

    /// <summary>What no output may show.</summary>
    public PrivacyOptions Privacy { get; init; } = new();
}
