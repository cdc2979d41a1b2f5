using SwiftNet.Live.Pipeline;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Control;

/// <summary>A recent picture with its mask, kept for a while so that it can be pointed at. Several may hold it at once, each disposes its
/// hold; the last one gives the arrays back.</summary>
internal sealed class KeptFrame : IDisposable
{
    private readonly KeptPicture _picture;
    private readonly KeptMask? _mask;
    private int _holds = 1;

    /// <summary>Copies a frame; the caller's is the first hold.</summary>
    public KeptFrame(Frame frame)
    {
        (Number, CapturedTime, CapturedAt, Width, Height) = (frame.Number, frame.CapturedTime, frame.CapturedAt, frame.Width, frame.Height);
        _picture = new KeptPicture(frame.Pixels, frame.Width, frame.Height);
        _mask = frame.Mask is { } mask ? new KeptMask(mask.Part) : null;
        Bytes = frame.Pixels.Array.Length + (frame.Mask?.Region.Area ?? 0);
    }

    /// <summary>The frame's number.</summary>
    public long Number { get; }

    /// <summary>When it was captured, by the calendar.</summary>
    public DateTimeOffset CapturedTime { get; }

    /// <summary>When it was captured, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long CapturedAt { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The picture: BGR, 8 bit, interleaved, rows without padding.</summary>
    public byte[] Bgr => _picture.Bgr;

    /// <summary>The picture as the segmenter takes it; a view of <see cref="Bgr"/>.</summary>
    public FrameImage Image => new(Bgr, Width, Height);

    /// <summary>An id a pixel, as the objects were found on it; null where none was followed.</summary>
    public byte[]? Ids => _mask?.ToIds();

    /// <summary>The bytes of picture and mask; less than half of that is held.</summary>
    public long Bytes { get; }

    /// <summary>One more holds it.</summary>
    public KeptFrame Hold()
    {
        Interlocked.Increment(ref _holds);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            _picture.Dispose();
        }
    }
}
