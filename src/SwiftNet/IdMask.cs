namespace SwiftNet;

/// <summary>A mask of object ids, row by row: 0 is background, 1 to 255 are objects.</summary>
public sealed class IdMask
{
    /// <summary>Wraps <paramref name="ids"/>, which the mask from now on owns.</summary>
    /// <exception cref="ArgumentException">The array does not hold <paramref name="width"/> times <paramref name="height"/>
    /// ids.</exception>
    public IdMask(int width, int height, byte[] ids)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Length != width * height)
        {
            throw new ArgumentException($"A mask of {width}x{height} needs {width * height} ids; {ids.Length} were given.", nameof(ids));
        }

        Width = width;
        Height = height;
        Ids = ids;
    }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The ids, row by row; <see cref="Width"/> times <see cref="Height"/> of them.</summary>
    public byte[] Ids { get; }

    /// <summary>The objects' ids that occur, in order, without the background's.</summary>
    public byte[] DistinctIds()
    {
        Span<bool> seen = stackalloc bool[256];
        foreach (var id in Ids)
        {
            seen[id] = true;
        }

        var ids = new List<byte>();
        for (var id = 1; id < seen.Length; id++)
        {
            if (seen[id])
            {
                ids.Add((byte)id);
            }
        }

        return [.. ids];
    }
}
