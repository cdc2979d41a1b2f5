using System.Buffers.Binary;

namespace SwiftNet.Imaging.Png;

/// <summary>The outer shape of a PNG: signature and checked chunks.</summary>
internal static class PngChunks
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Palette = 0x504C5445; // PLTE
    public const uint Transparency = 0x74524E53; // tRNS
    public const uint Pixels = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND

    /// <summary>What every PNG begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads header, palette (0xRRGGBB an index, -1 where it is transparent) and compressed pixels.</summary>
    /// <exception cref="InvalidDataException">It is damaged or nothing that can be a mask; the message completes "Mask FILE …".</exception>
    /// <exception cref="EndOfStreamException">It is cut short.</exception>
    public static (PngHeader Header, int[] Palette, MemoryStream Compressed) Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            throw new InvalidDataException("is not a PNG");
        }

        var rest = file[Signature.Length..];
        if (Take(ref rest, out var content) != Header)
        {
            throw new InvalidDataException("is damaged: its header is missing");
        }

        var header = PngHeader.Parse(content);
        var compressed = new MemoryStream();
        int[] palette = [];
        for (var type = Take(ref rest, out content); type != End; type = Take(ref rest, out content))
        {
            if (type == Pixels)
            {
                compressed.Write(content);
            }
            else if (type == Palette && header.ColourType == PngHeader.Palette)
            {
                palette = new int[content.Length / 3];
                for (var i = 0; i < palette.Length; i++)
                {
                    palette[i] = (content[3 * i] << 16) | (content[(3 * i) + 1] << 8) | content[(3 * i) + 2];
                }
            }
            else if (type == Transparency && header.ColourType == PngHeader.Palette)
            {
                for (var i = 0; i < Math.Min(palette.Length, content.Length); i++)
                {
                    palette[i] = content[i] < 128 ? -1 : palette[i];
                }
            }
            else if (type != Palette && (type & 0x20000000) == 0)
            {
                // A small first letter marks what a reader may skip.
                throw new InvalidDataException("is damaged: it holds an unknown critical chunk");
            }
        }

        compressed.Position = 0;
        return (header, palette, compressed);
    }

    private static uint Take(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> content)
    {
        if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - 12)
        {
            throw new EndOfStreamException();
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        var type = rest.Slice(4, 4);
        content = rest.Slice(8, length);
        if (PngCrc.Of(type, content) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]))
        {
            throw new InvalidDataException("is damaged: the checksum of a chunk does not agree");
        }

        rest = rest[(12 + length)..];
        return BinaryPrimitives.ReadUInt32BigEndian(type);
    }
}
