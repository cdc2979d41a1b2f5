using System.Buffers.Binary;
using System.IO.Compression;
using SwiftNet.Imaging.Png;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Prompts;

/// <summary>Reads the mask of a prompt, which comes from anywhere: what it claims to be is checked before anything is allocated for
/// it.</summary>
internal static class BaseMask
{
    /// <summary>Most pixels of a mask that is larger than its frame.</summary>
    public const int MaxPixels = 1 << 24;

    /// <summary>The mask of a PNG at the frame's size, row by row, 1 where it is neither black, 0 nor transparent.</summary>
    /// <exception cref="PromptException">It is no PNG, too large, damaged, of another shape than the frame, or empty.</exception>
    public static byte[] FromPng(byte[] png, int width, int height)
    {
        // Signature, length and type of the first chunk, then width and height.
        const int Width = 16, Height = 20, Least = 24;
        if (!png.AsSpan().StartsWith(PngChunks.Signature))
        {
            throw new PromptException(PromptFault.WrongType, "The mask is not a PNG.");
        }

        if (png.Length < Least)
        {
            throw new PromptException(PromptFault.Unusable, "The mask's PNG is cut short.");
        }

        RequireFit(
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(Width)),
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(Height)),
            width,
            height);
        try
        {
            var (header, _, compressed) = PngChunks.Read(png);
            using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
            var rows = new PngRows(inflated, header);
            var pixels = header.Channels < 3 ? IdRows.Read(rows, header, out _) : Painted(rows, header);
            rows.Finish();
            return Fit(new IdMask(header.Width, header.Height, pixels), width, height);
        }
        catch (EndOfStreamException e)
        {
            throw new PromptException(PromptFault.Unusable, "The mask's PNG is cut short.", e);
        }
        catch (InvalidDataException e)
        {
            throw new PromptException(PromptFault.Unusable, $"The mask's PNG {e.Message}.", e);
        }
    }

    /// <summary>The same of run lengths.</summary>
    /// <exception cref="PromptException">They are too large, damaged, of another shape than the frame, or empty.</exception>
    public static byte[] FromRuns(PromptRuns runs, int width, int height)
    {
        if (runs is not { Size: [> 0 and var rows, > 0 and var columns], Counts: { } counts })
        {
            throw new PromptException(
                PromptFault.Unusable, "The mask's run lengths need a size of two numbers above 0, height before width, and counts.");
        }

        RequireFit((uint)columns, (uint)rows, width, height);
        try
        {
            return Fit(new IdMask(columns, rows, RunLengthReader.Read(counts, columns, rows)), width, height);
        }
        catch (InvalidDataException e)
        {
            throw new PromptException(PromptFault.Unusable, $"The mask's run lengths {e.Message}.", e);
        }
    }

    private static void RequireFit(uint maskWidth, uint maskHeight, int width, int height)
    {
        var most = Math.Max(MaxPixels, (long)width * height);
        if (maskWidth > PngHeader.MaxSide || maskHeight > PngHeader.MaxSide || (long)maskWidth * maskHeight > most)
        {
            throw new PromptException(
                PromptFault.TooLarge,
                $"The mask claims {maskWidth}x{maskHeight} pixels; at most {PngHeader.MaxSide} a side and {most} in all are read.");
        }

        if (maskWidth == 0 || maskHeight == 0 || !MaskFit.SameShape((int)maskWidth, (int)maskHeight, width, height))
        {
            throw new PromptException(
                PromptFault.Unusable, $"The mask is {maskWidth}x{maskHeight}, the frame {width}x{height}: their shapes differ.");
        }
    }

    private static byte[] Fit(IdMask mask, int width, int height)
    {
        var pixels = MaskFit.Resize(mask, width, height).Ids;
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = Math.Min(pixel, (byte)1);
        }

        return pixels.AsSpan().Contains((byte)1)
            ? pixels
            : throw new PromptException(PromptFault.Unusable, "The mask is empty: no pixel of it is the object's.");
    }

    private static byte[] Painted(PngRows rows, PngHeader header)
    {
        var bytes = header.BitDepth / 8;
        var pixels = new byte[header.Width * header.Height];
        for (var y = 0; y < header.Height; y++)
        {
            var row = rows.Next();
            for (var x = 0; x < header.Width; x++)
            {
                var pixel = row.Slice(x * header.Channels * bytes, header.Channels * bytes);
                var isClear = header.ColourType == PngHeader.Rgba && !pixel[(3 * bytes)..].ContainsAnyExcept((byte)0);
                pixels[(y * header.Width) + x] = isClear || !pixel[..(3 * bytes)].ContainsAnyExcept((byte)0) ? (byte)0 : (byte)1;
            }
        }

        return pixels;
    }
}
