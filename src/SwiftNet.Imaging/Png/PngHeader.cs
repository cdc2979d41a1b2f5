using System.Buffers.Binary;

namespace SwiftNet.Imaging.Png;

/// <summary>How the pixels of a PNG are laid out, with PNG's own numbers for the kinds of colour.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, int ColourType)
{
    public const int Grey = 0;
    public const int Rgb = 2;
    public const int Palette = 3;
    public const int GreyAlpha = 4;
    public const int Rgba = 6;

    /// <summary>Twice the side of an 8K picture: what claims to be larger is a mistake or a bomb.</summary>
    public const int MaxSide = 16384;

    /// <summary>Two 8K pictures, for the same reason.</summary>
    public const int MaxPixels = 1 << 26;

    /// <summary>Samples a pixel.</summary>
    public int Channels => ColourType switch { GreyAlpha => 2, Rgb => 3, Rgba => 4, _ => 1 };

    /// <summary>Bytes of one row, without its filter byte.</summary>
    public int Stride => ((Width * Channels * BitDepth) + 7) / 8;

    /// <summary>Bytes between a byte and the one it is predicted from.</summary>
    public int FilterStep => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Reads IHDR and refuses what cannot be a mask.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another kind; the message completes "mask FILE …".</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> ihdr)
    {
        if (ihdr.Length != 13)
        {
            throw new InvalidDataException("is damaged: its header has the wrong length");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(ihdr);
        var height = BinaryPrimitives.ReadUInt32BigEndian(ihdr[4..]);
        if (width is 0 or > MaxSide || height is 0 or > MaxSide || (long)width * height > MaxPixels)
        {
            throw new InvalidDataException($"claims {width}x{height} pixels; at most {MaxSide} a side and {MaxPixels} in all are read");
        }

        var header = new PngHeader((int)width, (int)height, ihdr[8], ihdr[9]);
        var known = header.ColourType switch
        {
            Grey => header.BitDepth is 1 or 2 or 4 or 8 or 16,
            Palette => header.BitDepth is 1 or 2 or 4 or 8,
            GreyAlpha or Rgb or Rgba => header.BitDepth is 8 or 16,
            _ => false,
        };
        if (!known)
        {
            throw new InvalidDataException(
                $"has {ihdr[8]} bits a sample of colour type {ihdr[9]}; save it as an 8-bit palette or greyscale PNG");
        }

        if (ihdr[10] != 0 || ihdr[11] != 0)
        {
            throw new InvalidDataException("is damaged: its header names an unknown compression or filter");
        }

        return ihdr[12] == 0 ? header : throw new InvalidDataException("is interlaced; save it without interlacing");
    }
}
