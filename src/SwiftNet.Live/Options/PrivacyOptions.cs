namespace SwiftNet.Live.Options;

/// <summary>What is hidden.</summary>
internal enum Hidden
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The objects; where one is not seen or not sure, the whole picture.</summary>
    Objects,

    /// <summary>All but the objects that are sure.</summary>
    Background,
}

/// <summary>How it is hidden.</summary>
internal enum HidingStyle
{
    /// <summary>Blurred beyond recognition.</summary>
    Blur,

    /// <summary>Black.</summary>
    Black,
}

/// <summary>Privacy mode: pixels are hidden before anything leaves the process, in every output alike.</summary>
internal sealed record PrivacyOptions
{
    /// <summary>none, objects or background; default none. A frame without a mask is hidden whole.</summary>
    public Hidden Hide { get; init; }

    /// <summary>blur or black; default blur.</summary>
    public HidingStyle Style { get; init; }

    /// <summary>What is hidden grows by so many pixels, for masks are never exact; 0 to 200, default 12.</summary>
    public int MarginPixels { get; init; } = 12;

    /// <summary>An object of less confidence is not sure; 0 to 1, default 0.5.</summary>
    public double MinConfidence { get; init; } = 0.5;
}
