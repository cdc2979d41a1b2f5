using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SwiftNet.Imaging.Extents;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Output.Events;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>Writes one line of JSON per frame: time, age of the mask, reason of a memory write, and each object's bounding box, area,
/// confidence and optionally mask.</summary>
internal sealed class JsonLinesSink : IFrameSink
{
    private readonly LineSegments _lines;
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly ObjectExtents _extents = new();
    private readonly RunLengths? _runs;

    /// <summary>Writes to <paramref name="path"/>.</summary>
    /// <param name="path">The file; an existing file is only replaced once there is a frame.</param>
    /// <param name="rle">Whether the lines include the masks.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public JsonLinesSink(string path, bool rle = false)
        : this(new LineSegments(path), rle)
    {
    }

    /// <summary>Writes to a run's files.</summary>
    /// <param name="lines">The files; disposed with the sink.</param>
    /// <param name="rle">Whether the lines include the masks.</param>
    public JsonLinesSink(LineSegments lines, bool rle)
    {
        _lines = lines;
        _runs = rle ? new RunLengths() : null;

        // The lines are never embedded in HTML: leave < and & of run lengths unescaped.
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <inheritdoc/>
    public string Name => "json lines";

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        Describe(frame);
        return _lines.WriteAsync(frame, _line.WrittenMemory, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => _lines.CompleteAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
        await _json.DisposeAsync();
    }

    private void Describe(Frame frame)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("frame"u8, frame.Number);
        _json.WriteString("name"u8, frame.Name);
        _json.WriteString("time"u8, frame.CapturedTime);
        _json.WriteNumber("media_time"u8, Math.Round(frame.MediaTime.TotalSeconds, 6));
        if (frame.Mask is { } mask)
        {
            _json.WriteNumber("age_ms"u8, Math.Round(mask.Age.TotalMilliseconds, 3));
            WriteReasonOf(mask);
            WriteObjects(mask, frame.Width, frame.Height);
        }
        else
        {
            _json.WriteNull("age_ms"u8);
            _json.WriteNull("write"u8);
            _json.WriteStartArray("objects"u8);
            _json.WriteEndArray();
        }

        WriteZoneEvents(frame);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
    }

    private void WriteZoneEvents(Frame frame)
    {
        if (frame.ZoneEvents.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("zone_events"u8);
        for (var i = 0; i < frame.ZoneEvents.Count; i++)
        {
            _json.WriteStartObject();
            ZoneEventJson.Write(_json, frame.ZoneEvents[i], frame.Mask?.Looks ?? ObjectStyles.None);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteReasonOf(FrameMask mask)
    {
        switch (mask.Write)
        {
            case WriteReason.First:
                _json.WriteString("write"u8, "first"u8);
                break;
            case WriteReason.Variation:
                _json.WriteString("write"u8, "variation"u8);
                break;
            case WriteReason.Periodic:
                _json.WriteString("write"u8, "periodic"u8);
                break;
            default:
                _json.WriteNull("write"u8);
                break;
        }
    }

    private void WriteObjects(FrameMask mask, int width, int height)
    {
        _extents.Measure(mask.Part);
        _runs?.Measure(mask.Part);
        _json.WriteStartArray("objects"u8);
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            var (id, confidence) = mask.Objects[i];
            _json.WriteStartObject();
            ObjectJson.Write(_json, id, mask.Looks, confidence, _extents[id]);
            if (_runs is not null)
            {
                WriteMask(_runs.Finish(id), width, height);
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteMask(ReadOnlySpan<byte> counts, int width, int height)
    {
        _json.WriteStartObject("rle"u8);
        _json.WriteStartArray("size"u8);
        _json.WriteNumberValue(height);
        _json.WriteNumberValue(width);
        _json.WriteEndArray();
        _json.WriteString("counts"u8, counts);
        _json.WriteEndObject();
    }
}
