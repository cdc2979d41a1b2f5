using System.Text.Json;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>JSON of a zone event:
/// <c>{"camera":"yard","event":"entered","zone":"door","id":1,"count":3,"inside":1,"frame":12,"time":"…"}</c>, with name and colour of
/// the object if set.</summary>
internal static class ZoneEventJson
{
    /// <summary>Serializes an event as UTF-8.</summary>
    /// <param name="camera">The camera's name.</param>
    /// <param name="happened">The event.</param>
    /// <param name="frame">The frame on which it happened.</param>
    /// <param name="epoch">In a fleet the camera's activation number, written after the camera; 0 = none.</param>
    public static byte[] Write(string camera, in ZoneEvent happened, Frame frame, long epoch = 0)
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

            Write(json, happened, frame.Mask?.Looks ?? ObjectStyles.None);
            json.WriteNumber("frame"u8, frame.Number);
            json.WriteString("time"u8, frame.CapturedTime);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Writes the event's own properties into the current JSON object.</summary>
    public static void Write(Utf8JsonWriter json, in ZoneEvent happened, ObjectStyles looks)
    {
        if (happened.IsCrossing)
        {
            json.WriteString("event"u8, "crossed"u8);
            json.WriteString("line"u8, happened.Name);
            json.WriteString("direction"u8, ZoneEvent.Word(happened.Change));
        }
        else
        {
            json.WriteString("event"u8, ZoneEvent.Word(happened.Change));
            json.WriteString("zone"u8, happened.Name);
        }

        json.WriteNumber("id"u8, happened.Id);
        ObjectStyleJson.Write(json, happened.Id, looks);
        if (happened.Stay is { } stay)
        {
            json.WriteNumber("seconds"u8, Math.Round(stay.TotalSeconds, 3));
        }

        json.WriteNumber("count"u8, happened.Count);
        if (!happened.IsCrossing)
        {
            json.WriteNumber("inside"u8, happened.Inside);
        }
    }
}
