namespace SwiftNet.Live.Options;

/// <summary>The bounds of what live runs write, of the overlay, the masks and the object lines each: segments named by the time of their first frame, the oldest of which make room for new ones.</summary>
internal sealed record ResultFilesOptions
{
    /// <summary>A segment holds at most this many minutes; over 0, up to 1,440, default 10.</summary>
    public double SegmentMinutes { get; init; } = 10;

    /// <summary>A segment ends once it holds this many megabytes; 1 to 100,000, default 1,000.</summary>
    public int SegmentMegabytes { get; init; } = 1000;

    /// <summary>The oldest segments are deleted when those of one kind hold more than this together; over 0, up to 1,000,000, default 20.</summary>
    public double KeepGigabytes { get; init; } = 20;

    /// <summary>The oldest segments are deleted when the disk has less than this left; 0 to 1,000,000, default 2.</summary>
    public double FloorGigabytes { get; init; } = 2;
}
