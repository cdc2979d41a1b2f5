namespace SwiftNet.Live.Output;

/// <summary>Takes ids from a palette or greyscale picture of 1, 2, 4 or 8 bits.</summary>
internal static class IdRows
{
    /// <summary>Reads the ids of every pixel.</summary>
    public static byte[] Read(PngRows rows, PngHeader header)
    {
        var ids = new byte[header.Width * header.Height];
        for (var y = 0; y < header.Height; y++)
        {
            Unpack(rows.Next(), header.BitDepth, ids.AsSpan(y * header.Width, header.Width));
        }

        if (header is { ColourType: PngHeader.Grey, BitDepth: 8 } && !ids.AsSpan().ContainsAnyExcept((byte)0, byte.MaxValue))
        {
            // Black and white, as DAVIS 2016 and every drawing program have it.
            ids.AsSpan().Replace(byte.MaxValue, (byte)1);
        }

        return ids;
    }

    private static void Unpack(ReadOnlySpan<byte> row, int bits, Span<byte> ids)
    {
        if (bits == 8)
        {
            row.CopyTo(ids);
            return;
        }

        for (var x = 0; x < ids.Length; x++)
        {
            var bit = x * bits;
            ids[x] = (byte)((row[bit >> 3] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1));
        }
    }
}
