using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Numbers a source's frames and stamps them with the time.</summary>
internal sealed class CapturedFrames(TimeProvider time)
{
    private long _first;
    private volatile SourceStatus _status = new(SourceState.Streaming, time.GetLocalNow());

    /// <summary>Of a source that is there or is not, as a file is: streaming until the end.</summary>
    public SourceStatus Status => _status;

    /// <summary>Frames so far.</summary>
    public long Count { get; private set; }

    /// <summary>There are no more frames.</summary>
    public void End() => _status = new SourceStatus(SourceState.Ended, time.GetLocalNow());

    /// <summary>Makes the next frame, captured now; it owns <paramref name="pixels"/>.</summary>
    /// <param name="pixels">BGR, 8 bit, interleaved, rows without padding.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <param name="height">Rows, in pixels.</param>
    /// <param name="mediaTime">Its time in the source; null for the time since the first one was captured.</param>
    /// <param name="name">Stem of the files made from it; null for its number in five digits.</param>
    /// <param name="aspect">The shape of its pixels; null for square.</param>
    public Frame Next(PooledArray<byte> pixels, int width, int height, TimeSpan? mediaTime = null, string? name = null, PixelAspect? aspect = null)
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
