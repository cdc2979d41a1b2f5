using System.Buffers.Binary;

namespace SwiftNet.Imaging.Png;

/// <summary>Takes ids from a palette or greyscale picture of 1, 2, 4, 8 or 16 bits, with or without transparency.</summary>
internal static class IdRows
{
    // What 1 of 8 bits becomes when a program stores it with 16: in both bytes, or in the upper one.
    private static readonly int[] s_widened = [257, 256];

    /// <summary>Reads the ids of every pixel.</summary>
    /// <param name="rows">The pixels.</param>
    /// <param name="header">How they are laid out.</param>
    /// <param name="isBlackAndWhite">Whether it is grey and holds black and white alone; white has id 1 then.</param>
    /// <exception cref="InvalidDataException">A value is no id.</exception>
    public static byte[] Read(PngRows rows, PngHeader header, out bool isBlackAndWhite)
    {
        var ids = header.BitDepth == 16 || header.ColourType == PngHeader.GreyAlpha ? ReadSamples(rows, header) : ReadPacked(rows, header);
        isBlackAndWhite = header is { ColourType: PngHeader.Grey, BitDepth: 1 };
        if (header.ColourType != PngHeader.Palette && header.BitDepth >= 8 && !ids.AsSpan().ContainsAnyExcept((byte)0, byte.MaxValue))
        {
            isBlackAndWhite = true;
            // Black and white, as DAVIS 2016 and every drawing program have it.
            ids.AsSpan().Replace(byte.MaxValue, (byte)1);
        }

        return ids;
    }

    private static byte[] ReadPacked(PngRows rows, PngHeader header)
    {
        var ids = new byte[header.Width * header.Height];
        for (var y = 0; y < header.Height; y++)
        {
            Unpack(rows.Next(), header.BitDepth, ids.AsSpan(y * header.Width, header.Width));
        }

        return ids;
    }

    private static byte[] ReadSamples(PngRows rows, PngHeader header)
    {
        var (bytes, isWide, hasAlpha) = (header.BitDepth / 8, header.BitDepth == 16, header.ColourType == PngHeader.GreyAlpha);
        var values = new ushort[header.Width * header.Height];
        var opaque = hasAlpha ? new bool[values.Length] : [];
        for (var y = 0; y < header.Height; y++)
        {
            var row = rows.Next();
            for (var x = 0; x < header.Width; x++)
            {
                var at = (y * header.Width) + x;
                var sample = row[(x * header.Channels * bytes)..];
                values[at] = isWide ? BinaryPrimitives.ReadUInt16BigEndian(sample) : sample[0];
                if (hasAlpha)
                {
                    opaque[at] = sample[bytes] >= 128;
                }
            }
        }

        if (hasAlpha)
        {
            CutOut(values, opaque);
        }

        return ToIds(values);
    }

    // What is transparent is background; where all that is not is black, the shape is the object.
    private static void CutOut(ushort[] values, bool[] opaque)
    {
        var isShape = opaque.Contains(false) && !values.Where((value, at) => opaque[at] && value != 0).Any();
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = !opaque[at] ? (ushort)0 : isShape ? (ushort)1 : values[at];
        }
    }

    private static byte[] ToIds(ushort[] values)
    {
        if (!values.AsSpan().ContainsAnyExceptInRange((ushort)0, (ushort)byte.MaxValue))
        {
            return Array.ConvertAll(values, value => (byte)value);
        }

        var widened = Array.Find(s_widened, one => Array.TrueForAll(values, value => value % one == 0));
        return widened > 0
            ? Array.ConvertAll(values, value => (byte)(value / widened))
            : throw new InvalidDataException(
                "has grey values of 16 bits that are no ids; use ids from 1 to 255, or black and white without smoothed edges");
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
