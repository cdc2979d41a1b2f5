namespace SwiftNet.Live.Segment;

/// <summary>How much of a picture an object covers, and whether it reaches every side of it.</summary>
/// <param name="Share">Its pixels by the picture's, 0 to 1.</param>
/// <param name="TouchesAllSides">Whether it has a pixel in the first and last row and column.</param>
internal readonly record struct MaskExtent(double Share, bool TouchesAllSides)
{
    private const double Most = 0.5;

    /// <summary>Whether it is more than half of the picture.</summary>
    public bool CoversMost => Share > Most;

    /// <summary>Measures the object <paramref name="id"/>.</summary>
    public static MaskExtent Of(IdMask mask, byte id)
    {
        ReadOnlySpan<byte> ids = mask.Ids;
        var (left, right) = (false, false);
        for (var row = 0; row < ids.Length; row += mask.Width)
        {
            left |= ids[row] == id;
            right |= ids[row + mask.Width - 1] == id;
        }

        return new MaskExtent(
            (double)ids.Count(id) / ids.Length, left && right && ids[..mask.Width].Contains(id) && ids[^mask.Width..].Contains(id));
    }
}
