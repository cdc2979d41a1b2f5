using System.Text.Json;
using SwiftNet.Imaging.Palettes;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>JSON of an object's name and colour: <c>"name":"red cup","colour":"#ff0000"</c>; omitted if not set.</summary>
internal static class ObjectStyleJson
{
    /// <summary>Writes the properties into the current JSON object.</summary>
    public static void Write(Utf8JsonWriter json, byte id, ObjectStyles looks)
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
