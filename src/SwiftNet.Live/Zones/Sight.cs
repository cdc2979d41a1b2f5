using System.Numerics;

namespace SwiftNet.Live.Zones;

/// <summary>An object of a frame, measured against a zone or a line.</summary>
/// <param name="Id">The object's id.</param>
/// <param name="Area">Its pixels.</param>
/// <param name="Inside">Its pixels in the zone, or on the right side of the line.</param>
/// <param name="Part">All pixels of the zone, or on the right side of the line.</param>
/// <param name="Centre">The mean of its pixels, in shares of the frame.</param>
/// <param name="Now">The frame's time in the video.</param>
internal readonly record struct Sight(byte Id, int Area, int Inside, int Part, Vector2 Centre, TimeSpan Now)
{
    /// <summary>The share of the object that is inside, or on the right side.</summary>
    public double Share => (double)Inside / Area;

    /// <summary>The share of the zone that the object covers.</summary>
    public double Cover => Part == 0 ? 0 : (double)Inside / Part;
}
