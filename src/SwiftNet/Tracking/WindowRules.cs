namespace SwiftNet.Tracking;

/// <summary>The numbers that <see cref="WindowPolicy"/> goes by; docs/windows.md says how they were chosen.</summary>
internal sealed record WindowRules
{
    /// <summary>The rules as they ship.</summary>
    public static WindowRules Default { get; } = new();

    /// <summary>Margin around the box a side that a new window has at least, as a share of the box's side √(w·h).</summary>
    public double Margin { get; init; } = 0.15;

    /// <summary>Margin up to which what the pixels leave goes to context, where more would only magnify.</summary>
    public double Context { get; init; } = 1;

    /// <summary>Share of <see cref="Margin"/> that has to be left around the box for a window to stay.</summary>
    public double Inner { get; init; } = 0.4;

    /// <summary>Ratio of the window's scale to the wanted one from which on the window shows more of the frame.</summary>
    public double ZoomOutRatio { get; init; } = 1.2;

    /// <summary>Ratio of the wanted scale to the window's from which on the window looks more closely.</summary>
    public double ZoomInRatio { get; init; } = 1.3;

    /// <summary>Share of the frame's area that a wanted region needs for the whole frame to be taken.</summary>
    public double WholeShare { get; init; } = 0.8;

    /// <summary>
    /// Side √(w·h) of an object's box in network pixels from which on the whole frame shows the object closely enough.
    /// </summary>
    public double WholePixels { get; init; } = 160;

    /// <summary>Share of <see cref="WholePixels"/> down to which the whole frame stays.</summary>
    public double WholeStays { get; init; } = 0.85;

    /// <summary>Side √(w·h) of the box in network pixels beyond which nothing is magnified over the camera's own resolution.</summary>
    public double EnoughPixels { get; init; } = 112;

    /// <summary>The largest magnification, in network pixels a camera pixel a side.</summary>
    public double Magnification { get; init; } = 1.5;

    /// <summary>Share of a side by which a box at the window's rim is enlarged on each side.</summary>
    public double RimGrowth { get; init; } = 0.25;

    /// <summary>Side √(w·h) of an object's box in network pixels that it has at least where it is looked for.</summary>
    public double SearchPixels { get; init; } = 32;

    /// <summary>What a window's sides are multiplied by for every step that its objects are not seen.</summary>
    public double LostGrowth { get; init; } = Math.Sqrt(2);
}
