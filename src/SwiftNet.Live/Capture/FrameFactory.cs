using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Creates frames with consecutive numbers and capture times.</summary>
internal sealed class FrameFactory(TimeProvider time)
{
    private long _first;
    private volatile SourceStatus _status = new(SourceState.Streaming, time.GetLocalNow());

    /// <summary>Status of a source that is always available, such as a file: streaming until the end.</summary>
    public SourceStatus Status => _status;

    /// <summary>Number of frames so far.</summary>
    public long Count { get; private set; }

    /// <summary>Marks the end of the source.</summary>
    public void End() => _status = new SourceStatus(SourceState.Ended, time.GetLocalNow());

    /// <summary>Creates the next frame, captured now; it takes ownership of <paramref name="pixels"/>.</summary>
    /// <param name="pixels">BGR, 8 bit, interleaved, rows without padding.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="height">Rows, in pixels.</param>
    /// <param name="mediaTime">Presentation time in the source; null = time since the first frame was captured.</param>
    /// <param name="name">File name stem for results of the frame; null = its number in five digits.</param>
    /// <param name="aspect">Pixel aspect ratio; null = square.</param>
    public Frame Next(
        PooledArray<byte> pixels, int width, int height, TimeSpan? mediaTime = null, string? name = null, PixelAspect? aspect = null)
    {
        var number = Count++;
        var now = time.GetTimestamp();
        _first = number == 0 ? now : _first;
        return new Frame
        {
            Number = number,
            Name = name ?? number.ToString("D5"),
            CapturedAt = now,
            CapturedTime = time.GetLocalNow(),
            MediaTime = mediaTime ?? time.GetElapsedTime(_first, now),
            Width = width,
            Height = height,
            PixelAspect = aspect ?? PixelAspect.Square,
            Pixels = pixels,
        };
    }
}
