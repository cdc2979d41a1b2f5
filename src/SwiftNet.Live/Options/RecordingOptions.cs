namespace SwiftNet.Live.Options;

/// <summary>The recorded or streamed picture.</summary>
internal enum PictureKind
{
    /// <summary>With the objects drawn in.</summary>
    Overlay,

    /// <summary>As captured; in privacy mode with hidden pixels.</summary>
    Raw,
}

/// <summary>The recording: H.264 in files of limited length; the oldest files are deleted to make room for new ones.</summary>
internal sealed record RecordingOptions
{
    /// <summary>Whether the video is recorded, in the folder <c>recordings</c> of <see cref="OutputOptions.Directory"/>. Default:
    /// false.</summary>
    public bool Enabled { get; init; }

    /// <summary>overlay or raw; default overlay.</summary>
    public PictureKind Picture { get; init; }

    /// <summary>Maximum length of a file in minutes; over 0, up to 1,440, default 10.</summary>
    public double SegmentMinutes { get; init; } = 10;

    /// <summary>Size at which a file ends, in megabytes; 1 to 100,000, default 1,000.</summary>
    public int SegmentMegabytes { get; init; } = 1000;

    /// <summary>Maximum total size in gigabytes; the oldest files are deleted above it; over 0, up to 1,000,000, default 20.</summary>
    public double KeepGigabytes { get; init; } = 20;

    /// <summary>Free disk space to preserve, in gigabytes; the oldest files are deleted below it; 0 to 1,000,000, default 2.</summary>
    public double MinFreeGigabytes { get; init; } = 2;
}
