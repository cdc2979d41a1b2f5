namespace SwiftNet.Live.Options;

/// <summary>Where the results go.</summary>
internal sealed record OutputOptions
{
    /// <summary>The folder that files are written to, made where it is missing. Default: output.</summary>
    public string Directory { get; init; } = "output";

    /// <summary>Whether <c>overlay.mp4</c> is written: the frames with their objects drawn in. Default: false.</summary>
    public bool Overlay { get; init; }

    /// <summary>Whether <c>masks/NAME.png</c> are written: object ids as 8-bit palette pictures. Default: false.</summary>
    public bool Masks { get; init; }

    /// <summary>Whether <c>objects.jsonl</c> is written: a line a frame. Default: false.</summary>
    public bool JsonLines { get; init; }

    /// <summary>Whether the pixels written to memory are marked in red; the mask then leaves only after the memory write. Default: false.</summary>
    public bool ShowWrites { get; init; }
}
