using SwiftNet.Imaging.Palettes;

namespace SwiftNet.Live.Pipeline;

/// <summary>What the objects of one camera are called and which colours they have, where that was given. Immutable, so that each mask carries those of its moment.</summary>
internal sealed class ObjectLooks
{
    private readonly string?[] _names = new string?[256];
    private readonly (byte R, byte G, byte B)?[] _colours = new (byte, byte, byte)?[256];

    /// <summary>Nothing was given.</summary>
    public static ObjectLooks None { get; } = new([]);

    /// <summary>Takes what was given: for each object its name and colour, or null.</summary>
    public ObjectLooks(IEnumerable<(byte Id, string? Name, (byte R, byte G, byte B)? Colour)> given)
    {
        foreach (var (id, name, colour) in given)
        {
            (_names[id], _colours[id]) = (name, colour);
        }
    }

    /// <summary>The name given to <paramref name="id"/>, or null.</summary>
    public string? Name(byte id) => _names[id];

    /// <summary>The colour given to <paramref name="id"/>, or null.</summary>
    public (byte R, byte G, byte B)? Colour(byte id) => _colours[id];

    /// <summary>The colour that <paramref name="id"/> is drawn in: the one given, or else its own.</summary>
    public (byte R, byte G, byte B) DrawnColour(byte id) => _colours[id] ?? OverlayColours.Of(id);
}
