namespace SwiftNet.Live.Options;

/// <summary>The objects before another background, in place of the overlay.</summary>
internal sealed record MatteOptions
{
    /// <summary>Whether the overlay picture is this. Default: false.</summary>
    public bool Enabled { get; init; }

    /// <summary>The background's colour, <c>#rrggbb</c>; default #00b140, the green of studios.</summary>
    public string Colour { get; init; } = "#00b140";

    /// <summary>A picture to be the background in place of the colour, scaled to fill the frame; or nothing.</summary>
    public string? Image { get; init; }
}
