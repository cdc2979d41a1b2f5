namespace SwiftNet.Live.Output;

/// <summary>DAVIS's colours, brightened: its 64 and 128 do not read on dark video. Different ids keep different colours up to 63.</summary>
internal static class OverlayColours
{
    private static readonly byte[] s_rgb = Brighten();

    /// <summary>The colour that <paramref name="id"/> is drawn in.</summary>
    public static (byte R, byte G, byte B) Of(byte id) => (s_rgb[3 * id], s_rgb[(3 * id) + 1], s_rgb[(3 * id) + 2]);

    private static byte[] Brighten()
    {
        var rgb = new byte[256 * 3];
        for (var i = 3; i < rgb.Length; i++)
        {
            rgb[i] = (byte)Math.Min(255, 48 + (207 * Math.Sqrt(DavisPalette.Rgb[i] / 192.0)));
        }

        return rgb;
    }
}
