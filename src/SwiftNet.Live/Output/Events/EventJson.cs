using System.Text.Json;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>JSON of an event:
/// <c>{"camera":"yard","event":"moved","id":1,"frame":12,"time":"…","box":[x,y,w,h],"area":80,"confidence":0.98}</c>.</summary>
internal static class EventJson
{
    /// <summary>Serializes an event as UTF-8.</summary>
    /// <param name="camera">The camera's name.</param>
    /// <param name="happened">The event.</param>
    /// <param name="epoch">In a fleet the camera's activation number, written after the camera; 0 = none.</param>
    public static byte[] Write(string camera, in ObjectEvent happened, long epoch = 0)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("camera"u8, camera);
            if (epoch > 0)
            {
                json.WriteNumber("epoch"u8, epoch);
            }

            json.WriteString("event"u8, happened.Change.ToString().ToLowerInvariant());
            json.WriteNumber("id"u8, happened.Id);
            ObjectStyleJson.Write(json, happened.Id, happened.Looks ?? ObjectStyles.None);
            json.WriteNumber("frame"u8, happened.Frame);
            json.WriteString("time"u8, happened.Time);
            json.WriteStartArray("box"u8);
            json.WriteNumberValue(happened.Extent.Left);
            json.WriteNumberValue(happened.Extent.Top);
            json.WriteNumberValue(happened.Extent.Right - happened.Extent.Left);
            json.WriteNumberValue(happened.Extent.Bottom - happened.Extent.Top);
            json.WriteEndArray();
            json.WriteNumber("area"u8, happened.Extent.Area);
            json.WriteNumber("confidence"u8, Math.Round(happened.Confidence, 4));
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
