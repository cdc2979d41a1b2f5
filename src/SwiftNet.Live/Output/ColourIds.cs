namespace SwiftNet.Live.Output;

/// <summary>Takes ids from a coloured picture: DAVIS colours are their ids; else black is background and one other colour is object 1. What is fully transparent is background.</summary>
internal static class ColourIds
{
    /// <summary>Reads the ids of every pixel.</summary>
    /// <exception cref="InvalidDataException">The colours are neither.</exception>
    public static byte[] Read(PngRows rows, PngHeader header)
    {
        var ids = new byte[header.Width * header.Height];
        var (davis, single) = (true, true);
        var (last, lastId, first) = (0, (byte)0, 0);
        for (var y = 0; y < header.Height; y++)
        {
            var row = rows.Next();
            for (var x = 0; x < header.Width; x++)
            {
                var pixel = row.Slice(x * header.Channels, header.Channels);
                var colour = pixel is [_, _, _, 0] ? 0 : (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];
                if (colour != last)
                {
                    var known = DavisPalette.TryId(pixel[0], pixel[1], pixel[2], out lastId);
                    first = first == 0 ? colour : first;
                    davis &= known || colour == 0;
                    single &= colour == 0 || colour == first;
                    lastId = colour == 0 ? (byte)0 : known ? lastId : (byte)1;
                    last = colour;
                }

                ids[(y * header.Width) + x] = lastId;
            }
        }

        // A single colour that DAVIS does not have came out as 1 already.
        return davis || single
            ? ids
            : throw new InvalidDataException("has colours that are not DAVIS's; use its palette, ids as greyscale, or black and one colour without smoothed edges");
    }
}
