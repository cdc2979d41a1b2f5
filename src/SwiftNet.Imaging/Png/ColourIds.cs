using SwiftNet.Imaging.Palettes;

namespace SwiftNet.Imaging.Png;

/// <summary>Takes ids from a coloured picture: DAVIS colours are their ids; else black is background and one other colour is object 1. What
/// is transparent is background.</summary>
internal static class ColourIds
{
    private const int Transparent = -1;
    private const int Black = 0;
    private const int White = 0xFFFFFF;

    /// <summary>Reads the ids of every pixel.</summary>
    /// <param name="rows">The pixels.</param>
    /// <param name="header">How they are laid out.</param>
    /// <param name="isBlackAndWhite">Whether it holds black and white alone; white has id 1 then.</param>
    /// <exception cref="InvalidDataException">The colours are neither.</exception>
    public static byte[] Read(PngRows rows, PngHeader header, out bool isBlackAndWhite)
    {
        var bytes = header.BitDepth / 8;
        var colours = new int[header.Width * header.Height];
        for (var y = 0; y < header.Height; y++)
        {
            var row = rows.Next();
            for (var x = 0; x < header.Width; x++)
            {
                // Of 16 bits the upper 8.
                var pixel = row.Slice(x * header.Channels * bytes, header.Channels * bytes);
                colours[(y * header.Width) + x] = header.ColourType == PngHeader.Rgba && pixel[3 * bytes] < 128
                    ? Transparent
                    : (pixel[0] << 16) | (pixel[bytes] << 8) | pixel[2 * bytes];
            }
        }

        isBlackAndWhite = !colours.AsSpan().ContainsAnyExcept(Black, White);
        return Read(colours, header.Width);
    }

    /// <summary>The colours' ids.</summary>
    /// <param name="colours">0xRRGGBB each, or -1 for a transparent pixel; row by row.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="InvalidDataException">The colours are neither.</exception>
    private static byte[] Read(int[] colours, int width)
    {
        // Where black is the only colour beside what is transparent, it is the object's.
        var isShape = colours.AsSpan().Contains(Transparent) && !colours.AsSpan().ContainsAnyExcept(Transparent, 0);
        var ground = GroundOf(colours);
        var ids = new byte[colours.Length];
        var (davis, single) = (true, true);
        var (last, lastId, first) = (Transparent, (byte)0, Transparent);
        for (var at = 0; at < colours.Length; at++)
        {
            var colour = colours[at];
            if (colour != last)
            {
                var isGround = colour == Transparent || (colour == ground && !isShape);
                var known = DavisPalette.TryId((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour, out lastId) && !isShape;
                first = first == Transparent && !isGround ? colour : first;
                davis &= known || isGround;
                single &= isGround || colour == first;
                lastId = isGround ? (byte)0 : known ? lastId : (byte)1;
                last = colour;
            }

            ids[at] = lastId;
        }

        // A single colour that DAVIS does not have came out as 1 already.
        return davis || single || isShape
            ? ids
            : throw new InvalidDataException(SmoothedEdges.AreIn(colours, width)
                ? "has smoothed (antialiased) edges: colours between those of the objects. Draw it with a hard "
                    + "brush, or save it without smoothing"
                : "has colours that are not DAVIS's; use its palette, ids as greyscale, or black and one colour without smoothed edges");
    }

    // Where nothing is black or transparent, white is the paper that was drawn on.
    private static int GroundOf(ReadOnlySpan<int> colours) =>
        !colours.ContainsAny(Black, Transparent) && colours.Contains(White) && colours.ContainsAnyExcept(White) ? White : Black;
}
