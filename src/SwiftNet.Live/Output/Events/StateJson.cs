using System.Text.Json;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>JSON of all tracked objects:
/// <c>{"camera":"yard","frame":12,"time":"…","objects":[{"id":1,"box":[x,y,w,h],"area":80,"confidence":0.98}]}</c>; a box is null if the
/// object is not visible.</summary>
/// <param name="camera">The camera's name.</param>
/// <param name="epoch">In a fleet the camera's activation number, written after the camera; 0 = none.</param>
internal sealed class StateJson(string camera, long epoch = 0)
{
    private readonly ObjectExtents _extents = new();

    /// <summary>Serializes the state as UTF-8.</summary>
    public byte[] Write(Frame frame)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("camera"u8, camera);
            if (epoch > 0)
            {
                json.WriteNumber("epoch"u8, epoch);
            }

            json.WriteNumber("frame"u8, frame.Number);
            json.WriteString("time"u8, frame.CapturedTime);
            json.WriteStartArray("objects"u8);
            if (frame.Mask is { } mask)
            {
                _extents.Measure(mask.Part);
                foreach (var (id, confidence) in mask.Objects)
                {
                    json.WriteStartObject();
                    ObjectJson.Write(json, id, mask.Looks, confidence, _extents[id]);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
