namespace SwiftNet.Live.Options;

/// <summary>Limits of what live runs write, for overlay, masks and object lines separately: segments named by the time of their first
/// frame; the oldest are deleted to make room for new ones.</summary>
internal sealed record ResultFilesOptions
{
    /// <summary>Maximum length of a segment in minutes; over 0, up to 1,440, default 10.</summary>
    public double SegmentMinutes { get; init; } = 10;

    /// <summary>Size at which a segment ends, in megabytes; 1 to 100,000, default 1,000.</summary>
    public int SegmentMegabytes { get; init; } = 1000;

    /// <summary>Maximum total size of each kind in gigabytes; the oldest segments are deleted above it; over 0, up to 1,000,000, default
    /// 20.</summary>
    public double KeepGigabytes { get; init; } = 20;

    /// <summary>Free disk space to preserve, in gigabytes; the oldest segments are deleted below it; 0 to 1,000,000, default 2.</summary>
    public double MinFreeGigabytes { get; init; } = 2;
}
