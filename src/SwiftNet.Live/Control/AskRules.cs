using SwiftNet.Imaging.Palettes;

namespace SwiftNet.Live.Control;

/// <summary>What names and colours may be.</summary>
internal static class AskRules
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 64;

    /// <summary>Refuses what cannot be a name; null and a name pass, trimmed.</summary>
    /// <exception cref="ControlRefusedException">It is empty, too long, or holds control characters.</exception>
    public static string? Name(string? name)
    {
        var trimmed = name?.Trim();
        return trimmed is null || (trimmed.Length is > 0 and <= LongestName && !trimmed.Any(char.IsControl))
            ? trimmed
            : throw new ControlRefusedException(
                Refusal.Unusable, $"A name must have 1 to {LongestName} characters, and no control characters among them.");
    }

    /// <summary>Refuses what is no colour; null and a colour pass, in small letters.</summary>
    /// <exception cref="ControlRefusedException">It is not of the form #rrggbb.</exception>
    public static string? Colour(string? colour) => colour is null ? null
        : OverlayColours.Parse(colour) is { } rgb ? OverlayColours.Text(rgb)
        : throw new ControlRefusedException(Refusal.Unusable, "A colour must be of the form #rrggbb, such as #ff8000.");
}
