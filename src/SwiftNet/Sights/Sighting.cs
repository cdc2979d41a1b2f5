namespace SwiftNet.Sights;

/// <summary>What one frame shows of an object. Lengths are in units of the square root of the frame's area, so that they outlive a change
/// of size.</summary>
/// <param name="Area">Its pixels as a share of the frame's; 0 where there is none.</param>
/// <param name="X">Column of its centre of gravity.</param>
/// <param name="Y">Row of its centre of gravity.</param>
/// <param name="Confidence">Mean probability over its pixels.</param>
internal readonly record struct Sighting(double Area, double X, double Y, double Confidence)
{
    /// <summary>Cosine of its look to that on the newest trusted frame.</summary>
    public double Likeness { get; init; } = 1;

    /// <summary>Cosine of its look to what it has looked like lately.</summary>
    public double Lately { get; init; } = 1;

    /// <summary>Its pixels as a share of what the network saw of the frame.</summary>
    public double WindowShare { get; init; } = Area;

    /// <summary>The better of both.</summary>
    public double Alike => Math.Max(Likeness, Lately);

    /// <summary>Side of a square of its area.</summary>
    public double Side => Math.Sqrt(Area);

    /// <summary>How far its centre is from another's.</summary>
    public double DistanceTo(Sighting other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));

    /// <summary>From sums over the object's pixels.</summary>
    /// <param name="pixels">How many there are.</param>
    /// <param name="x">Mean column.</param>
    /// <param name="y">Mean row.</param>
    /// <param name="confidence">Mean probability.</param>
    /// <param name="width">The frame's columns.</param>
    /// <param name="height">The frame's rows.</param>
    public static Sighting Of(double pixels, double x, double y, double confidence, int width, int height)
    {
        var unit = Math.Sqrt((double)width * height);
        return new Sighting(pixels / ((double)width * height), x / unit, y / unit, confidence);
    }

    /// <summary>An object as a mask has it, which is certain.</summary>
    public static Sighting Of(IdMask mask, byte id)
    {
        var (pixels, x, y) = Sum(mask, id);
        return Of(pixels, x / pixels, y / pixels, 1, mask.Width, mask.Height);
    }

    /// <summary>How many pixels an object has in a mask, and the sums of their columns and rows.</summary>
    public static (double Pixels, double X, double Y) Sum(IdMask mask, byte id)
    {
        long pixels = 0, x = 0, y = 0;
        for (var row = 0; row < mask.Height; row++)
        {
            var ids = mask.Ids.AsSpan(row * mask.Width, mask.Width);
            for (var column = ids.IndexOf(id); column >= 0 && column < ids.Length; column++)
            {
                if (ids[column] == id)
                {
                    pixels++;
                    x += column;
                    y += row;
                }
            }
        }

        return (pixels, x, y);
    }
}
