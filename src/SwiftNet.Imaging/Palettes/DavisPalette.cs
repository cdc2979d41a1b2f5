namespace SwiftNet.Imaging.Palettes;

/// <summary>The colours that DAVIS and PASCAL VOC give to object ids: the bits of an id, dealt out to R, G and B in turn, highest
/// first.</summary>
internal static class DavisPalette
{
    private static readonly byte[] s_rgb = Deal();

    /// <summary>256 colours, R, G, B each: <c>0,0,0  128,0,0  0,128,0  128,128,0 …</c></summary>
    public static ReadOnlySpan<byte> Rgb => s_rgb;

    /// <summary>The colour of <paramref name="id"/>.</summary>
    public static (byte R, byte G, byte B) Colour(byte id) => (s_rgb[3 * id], s_rgb[(3 * id) + 1], s_rgb[(3 * id) + 2]);

    /// <summary>The id whose colour is exactly this one; false where no id has it.</summary>
    public static bool TryId(byte r, byte g, byte b, out byte id)
    {
        var taken = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            var channel = (bit % 3) switch { 0 => r, 1 => g, _ => b };
            taken |= ((channel >> (7 - (bit / 3))) & 1) << bit;
        }

        id = (byte)taken;
        return Colour(id) == (r, g, b);
    }

    private static byte[] Deal()
    {
        var rgb = new byte[256 * 3];
        for (var id = 0; id < 256; id++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                rgb[(3 * id) + (bit % 3)] |= (byte)(((id >> bit) & 1) << (7 - (bit / 3)));
            }
        }

        return rgb;
    }
}
