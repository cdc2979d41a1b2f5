namespace SwiftNet.Live.Options;

/// <summary>Zones and lines in the camera's picture, and when an object is inside, outside or across. Coordinates are shares of the
/// frame's width and height, so that they hold at every resolution.</summary>
internal sealed record ZonesOptions
{
    /// <summary>Zones <c>NAME: x,y;x,y;x,y…</c>, each a polygon of 3 to 64 points from 0 to 1.</summary>
    public IReadOnlyList<string> Polygons { get; init; } = [];

    /// <summary>Lines <c>NAME: x,y;x,y</c>, from the first point to the second, from 0 to 1. Forward is from the left side of the line to
    /// its right side, seen from its first point.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Share of an object's pixels in a zone from which on it is inside; over 0, up to 1, default 0.5.</summary>
    public double EnterShare { get; init; } = 0.5;

    /// <summary>Share of an object's pixels in a zone below which it is outside again; over 0, up to <c>EnterShare</c>, default
    /// 0.3.</summary>
    public double LeaveShare { get; init; } = 0.3;

    /// <summary>Share of a zone's pixels from which on an object covers it; over 0, up to 1, default 0.5.</summary>
    public double CoverShare { get; init; } = 0.5;

    /// <summary>Share of a zone's pixels below which an object covers it no more; over 0, up to <c>CoverShare</c>, default 0.3.</summary>
    public double UncoverShare { get; init; } = 0.3;

    /// <summary>Share of an object's pixels on a side of a line from which on it is on that side; over 0.5, up to 1, default
    /// 0.6.</summary>
    public double CrossShare { get; init; } = 0.6;

    /// <summary>How long a change must hold until it is an event, in milliseconds of the video; 0 to 60,000, default 200.</summary>
    public int SettleMilliseconds { get; init; } = 200;

    /// <summary>How long an object must be inside a zone for the event <c>dwelled</c>, in seconds of the video; 0 to 86,400, default 10;
    /// 0 = no such event.</summary>
    public double DwellSeconds { get; init; } = 10;

    /// <summary>How long an object may be out of sight before it has left every zone, in seconds of the video; 0 to 3,600, default
    /// 5.</summary>
    public double LostSeconds { get; init; } = 5;
}
