namespace SwiftNet.Imaging.Rle;

/// <summary>Reads COCO's compressed run lengths, as <see cref="RunLengths"/> writes them.</summary>
internal static class RunLengthReader
{
    private const int MostGroups = 7; // 35 bits hold any int

    /// <summary>The mask, row by row, 1 on the object.</summary>
    /// <param name="counts">The run lengths, which come from anywhere.</param>
    /// <param name="width">Columns; the caller has bounded the size.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="InvalidDataException">They are damaged or of a mask of another size; the message completes "the run lengths
    /// …".</exception>
    public static byte[] Read(ReadOnlySpan<char> counts, int width, int height)
    {
        var mask = new byte[width * height];
        var (filled, runs, last, beforeLast) = (0L, 0, 0L, 0L);
        while (!counts.IsEmpty)
        {
            var run = Number(ref counts) + (runs > 2 ? beforeLast : 0);
            if (run < 0 || run > mask.Length - filled)
            {
                throw new InvalidDataException($"are damaged: they do not add up to {width}x{height} pixels");
            }

            if (runs % 2 == 1)
            {
                Fill(mask, width, height, filled, run);
            }

            filled += run;
            (beforeLast, last) = (last, run);
            runs++;
        }

        return filled == mask.Length ? mask : throw new InvalidDataException($"end after {filled} of {width}x{height} pixels");
    }

    private static void Fill(byte[] mask, int width, int height, long from, long run)
    {
        var (x, y) = ((int)(from / height), (int)(from % height));
        for (; run > 0; run--)
        {
            mask[(y * width) + x] = 1;
            if (++y == height)
            {
                (x, y) = (x + 1, 0);
            }
        }
    }

    private static long Number(ref ReadOnlySpan<char> counts)
    {
        var value = 0L;
        for (var group = 0; group < MostGroups && group < counts.Length; group++)
        {
            var bits = counts[group] - '0';
            if (bits is < 0 or > 63)
            {
                throw new InvalidDataException(
                    $"are damaged: '{(char.IsControl(counts[group]) ? '?' : counts[group])}' is not of their alphabet");
            }

            value |= (long)(bits & 31) << (5 * group);
            if (bits < 32)
            {
                counts = counts[(group + 1)..];
                return (bits & 16) != 0 ? value - (1L << (5 * (group + 1))) : value;
            }
        }

        throw new InvalidDataException("are damaged: a run has no end");
    }
}
