using System.Text.Json;
using SwiftNet.Imaging.Palettes;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>An object's name and colour in what leaves as JSON: <c>"name":"red cup","colour":"#ff0000"</c>, each where it was given.</summary>
internal static class LooksJson
{
    /// <summary>Writes them into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, byte id, ObjectLooks looks)
    {
        if (looks.Name(id) is { } name)
        {
            json.WriteString("name"u8, name);
        }

        if (looks.Colour(id) is { } colour)
        {
            json.WriteString("colour"u8, OverlayColours.Text(colour));
        }
    }
}
