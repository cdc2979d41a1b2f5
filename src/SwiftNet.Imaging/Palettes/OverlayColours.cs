using System.Globalization;

namespace SwiftNet.Imaging.Palettes;

/// <summary>DAVIS's colours, brightened: its 64 and 128 do not read on dark video. Different ids keep different colours up to 63.</summary>
internal static class OverlayColours
{
    private static readonly byte[] s_rgb = Brighten();

    /// <summary>The colour that <paramref name="id"/> is drawn in.</summary>
    public static (byte R, byte G, byte B) Of(byte id) => (s_rgb[3 * id], s_rgb[(3 * id) + 1], s_rgb[(3 * id) + 2]);

    /// <summary>A colour as <c>#rrggbb</c>.</summary>
    public static string Text((byte R, byte G, byte B) colour) => $"#{colour.R:x2}{colour.G:x2}{colour.B:x2}";

    /// <summary>Reads <c>#rrggbb</c>; null where it is something else.</summary>
    public static (byte R, byte G, byte B)? Parse(string text) =>
        text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, null, out var rgb)
            ? ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : null;

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
