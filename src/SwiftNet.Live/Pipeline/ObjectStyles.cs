using SwiftNet.Imaging.Palettes;

namespace SwiftNet.Live.Pipeline;

/// <summary>Names and colours of one camera's objects, as far as set. Immutable, so that each mask carries the styles of its
/// time.</summary>
internal sealed class ObjectStyles
{
    private readonly string?[] _names = new string?[256];
    private readonly (byte R, byte G, byte B)?[] _colours = new (byte, byte, byte)?[256];

    /// <summary>No names or colours.</summary>
    public static ObjectStyles None { get; } = new([]);

    /// <summary>Creates styles from each object's name and colour; null = not set.</summary>
    public ObjectStyles(IEnumerable<(byte Id, string? Name, (byte R, byte G, byte B)? Colour)> given)
    {
        foreach (var (id, name, colour) in given)
        {
            (_names[id], _colours[id]) = (name, colour);
        }
    }

    /// <summary>The name of an object; null = not set.</summary>
    public string? Name(byte id) => _names[id];

    /// <summary>The colour of an object; null = not set.</summary>
    public (byte R, byte G, byte B)? Colour(byte id) => _colours[id];

    /// <summary>The display colour of an object: the one set, or else its default.</summary>
    public (byte R, byte G, byte B) DrawnColour(byte id) => _colours[id] ?? OverlayColours.Of(id);
}
