using System.Text.Json.Serialization;

namespace SwiftNet.Tracking;

/// <summary>A rectangle in camera pixels; its sides need not be whole.</summary>
/// <param name="X">Its left side.</param>
/// <param name="Y">Its upper side.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct BoundingBox(double X, double Y, double Width, double Height)
{
    /// <summary>The side behind its last column.</summary>
    [JsonIgnore]
    public double Right => X + Width;

    /// <summary>The side below its last row.</summary>
    [JsonIgnore]
    public double Bottom => Y + Height;

    /// <summary>Column of its centre.</summary>
    [JsonIgnore]
    public double CentreX => X + (Width / 2);

    /// <summary>Row of its centre.</summary>
    [JsonIgnore]
    public double CentreY => Y + (Height / 2);

    /// <summary>Side of a square of its area.</summary>
    [JsonIgnore]
    public double Side => Math.Sqrt(Width * Height);

    /// <summary>A box around a centre.</summary>
    public static BoundingBox Around(double centreX, double centreY, double width, double height) => new(
        centreX - (width / 2),
        centreY - (height / 2),
        width,
        height);

    /// <summary>The smallest box that holds both.</summary>
    public BoundingBox Union(BoundingBox other)
    {
        var (x, y) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return new BoundingBox(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>The box with so many pixels more on every side, and where it goes.</summary>
    /// <param name="pixels">Pixels a side.</param>
    /// <param name="dx">Columns by which it moves: added on the side that it moves to.</param>
    /// <param name="dy">Rows by which it moves.</param>
    public BoundingBox Grow(double pixels, double dx = 0, double dy = 0) => new(
        X - pixels + Math.Min(0, dx),
        Y - pixels + Math.Min(0, dy),
        Width + (2 * pixels) + Math.Abs(dx),
        Height + (2 * pixels) + Math.Abs(dy));

    /// <summary>The box around the same centre with its sides multiplied.</summary>
    public BoundingBox Times(double factor) => Around(CentreX, CentreY, Width * factor, Height * factor);

    /// <summary>Whether the other one lies inside.</summary>
    public bool Contains(BoundingBox other) => other.X >= X && other.Y >= Y && other.Right <= Right && other.Bottom <= Bottom;

    /// <summary>Whether both have an area in common.</summary>
    public bool Overlaps(BoundingBox other) => other.X < Right && X < other.Right && other.Y < Bottom && Y < other.Bottom;

    /// <summary>The part inside a frame; may be empty.</summary>
    public BoundingBox ClampTo(int width, int height)
    {
        var (x, y) = (Math.Clamp(X, 0, width), Math.Clamp(Y, 0, height));
        return new BoundingBox(x, y, Math.Clamp(Right, 0, width) - x, Math.Clamp(Bottom, 0, height) - y);
    }
}
