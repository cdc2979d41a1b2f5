namespace SwiftNet.Live.Options;

/// <summary>The objects in front of a replaced background, instead of the overlay.</summary>
internal sealed record MatteOptions
{
    /// <summary>Whether the background is replaced. Default: false.</summary>
    public bool Enabled { get; init; }

    /// <summary>The background colour, <c>#rrggbb</c>; default #00b140 (chroma-key green).</summary>
    public string Colour { get; init; } = "#00b140";

    /// <summary>A background picture, scaled to fill the frame, instead of the colour; empty = none.</summary>
    public string? Image { get; init; }
}
