namespace SwiftNet.Live.Options;

/// <summary>What privacy mode hides.</summary>
internal enum Hidden
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The objects; the whole picture if an object is not visible or uncertain.</summary>
    Objects,

    /// <summary>Everything except objects with sufficient confidence.</summary>
    Background,
}

/// <summary>How privacy mode hides pixels.</summary>
internal enum HidingStyle
{
    /// <summary>Blurs them beyond recognition.</summary>
    Blur,

    /// <summary>Blackens them.</summary>
    Black,
}

/// <summary>Privacy mode: pixels are hidden before any output leaves the process.</summary>
internal sealed record PrivacyOptions
{
    /// <summary>none, objects or background; default none. A frame without a mask is hidden completely.</summary>
    public Hidden Hide { get; init; }

    /// <summary>blur or black; default blur.</summary>
    public HidingStyle Style { get; init; }

    /// <summary>Margin by which the hidden area grows, in pixels, since masks are never exact; 0 to 200, default 12.</summary>
    public int MarginPixels { get; init; } = 12;

    /// <summary>An object below this confidence is uncertain; 0 to 1, default 0.5.</summary>
    public double MinConfidence { get; init; } = 0.5;
}
