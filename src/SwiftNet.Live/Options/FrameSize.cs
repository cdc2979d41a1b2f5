using System.Globalization;

namespace SwiftNet.Live.Options;

/// <summary>A size in pixels, written <c>WxH</c>; <c>native</c> (no scaling) is 0x0.</summary>
internal readonly record struct FrameSize(int Width, int Height)
{
    /// <summary>The frame's own size.</summary>
    public static FrameSize Native => default;

    /// <summary>Parses <c>WxH</c> or <c>native</c>.</summary>
    public static bool TryParse(string text, out FrameSize size)
    {
        size = Native;
        if (text.Equals("native", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var cross = text.IndexOf('x', StringComparison.OrdinalIgnoreCase);
        if (cross < 0
            || !int.TryParse(text.AsSpan(0, cross), NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            || !int.TryParse(text.AsSpan(cross + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            || width == 0 || height == 0)
        {
            return false;
        }

        size = new FrameSize(width, height);
        return true;
    }

    /// <summary>The largest size with the frame's aspect ratio that fits inside this one; never larger than the frame.</summary>
    public FrameSize Fit(int width, int height)
    {
        if (this == Native || (width <= Width && height <= Height))
        {
            return new FrameSize(width, height);
        }

        var scale = Math.Min((double)Width / width, (double)Height / height);
        return new FrameSize(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>Scales both sides by <paramref name="factor"/>; at least one pixel each.</summary>
    public FrameSize Scale(double factor) =>
        new(Math.Max(1, (int)Math.Round(Width * factor)), Math.Max(1, (int)Math.Round(Height * factor)));

    /// <inheritdoc/>
    public override string ToString() => this == Native ? "native" : $"{Width}x{Height}";
}
