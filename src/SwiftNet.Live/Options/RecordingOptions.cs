namespace SwiftNet.Live.Options;

/// <summary>Which picture goes out.</summary>
internal enum PictureKind
{
    /// <summary>With its objects drawn in.</summary>
    Overlay,

    /// <summary>As captured (with privacy mode, hidden where that says).</summary>
    Raw,
}

/// <summary>The recording: H.264 in files of bounded length, the oldest of which make room for new ones.</summary>
internal sealed record RecordingOptions
{
    /// <summary>Whether there is one, in the folder <c>recordings</c> of <see cref="OutputOptions.Directory"/>. Default: false.</summary>
    public bool Enabled { get; init; }

    /// <summary>overlay or raw; default overlay.</summary>
    public PictureKind Picture { get; init; }

    /// <summary>A file holds at most this many minutes; over 0, up to 1,440, default 10.</summary>
    public double SegmentMinutes { get; init; } = 10;

    /// <summary>A file ends once it holds this many megabytes; 1 to 100,000, default 1,000.</summary>
    public int SegmentMegabytes { get; init; } = 1000;

    /// <summary>The oldest files are deleted when all together hold more than this; over 0, up to 1,000,000, default 20.</summary>
    public double KeepGigabytes { get; init; } = 20;

    /// <summary>The oldest files are deleted when the disk has less than this left; 0 to 1,000,000, default 2.</summary>
    public double FloorGigabytes { get; init; } = 2;
}
