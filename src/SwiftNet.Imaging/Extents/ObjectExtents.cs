namespace SwiftNet.Imaging.Extents;

/// <summary>Box and area of every object of a mask, found in one pass. Reused from frame to frame.</summary>
internal sealed class ObjectExtents
{
    private readonly Extent[] _extents = new Extent[256];

    /// <summary>The extent of <paramref name="id"/>; its area is 0 when it has no pixel.</summary>
    public ref readonly Extent this[byte id] => ref _extents[id];

    /// <summary>Measures a mask of <paramref name="width"/> columns.</summary>
    public void Measure(ReadOnlySpan<byte> ids, int width) => Measure(MaskPart.Whole(ids, width));

    /// <summary>Measures a mask of a part of a frame.</summary>
    public void Measure(MaskPart mask)
    {
        Array.Clear(_extents);
        foreach (var (id, y, start, end) in mask)
        {
            _extents[id].Add(start, end, y);
        }
    }
}

/// <summary>Where an object is: columns from <see cref="Left"/> to before <see cref="Right"/>, rows from <see cref="Top"/> to before
/// <see cref="Bottom"/>, in pixels.</summary>
internal record struct Extent(int Left, int Top, int Right, int Bottom, int Area)
{
    /// <summary>Adds the pixels of row <paramref name="y"/> from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public void Add(int start, int end, int y)
    {
        (Left, Top) = Area == 0 ? (start, y) : (Math.Min(Left, start), Top);
        Right = Math.Max(Right, end);
        Bottom = y + 1;
        Area += end - start;
    }
}
