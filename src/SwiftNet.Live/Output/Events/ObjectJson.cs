using System.Text.Json;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>JSON of an object in a frame: <c>"id":1,"box":[x,y,w,h],"area":80,"confidence":0.98</c>, with name and colour if set; the box
/// is null if the object is not visible.</summary>
internal static class ObjectJson
{
    /// <summary>Writes the properties into the current JSON object.</summary>
    public static void Write(Utf8JsonWriter json, byte id, ObjectStyles looks, float confidence, in Extent extent)
    {
        json.WriteNumber("id"u8, id);
        ObjectStyleJson.Write(json, id, looks);
        if (extent.Area == 0)
        {
            json.WriteNull("box"u8);
        }
        else
        {
            json.WriteStartArray("box"u8);
            json.WriteNumberValue(extent.Left);
            json.WriteNumberValue(extent.Top);
            json.WriteNumberValue(extent.Right - extent.Left);
            json.WriteNumberValue(extent.Bottom - extent.Top);
            json.WriteEndArray();
        }

        json.WriteNumber("area"u8, extent.Area);
        json.WriteNumber("confidence"u8, Math.Round(confidence, 4));
    }
}
