using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Numbers a source's frames and stamps them with the time.</summary>
internal sealed class CapturedFrames(TimeProvider time)
{
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
    /// <param name="name">Stem of the files made from it; null for its number in five digits.</param>
    public Frame Next(PooledArray<byte> pixels, int width, int height, string? name = null)
    {
        var number = Count++;
        return new Frame
        {
            Number = number,
            Name = name ?? number.ToString("D5"),
            CapturedAt = time.GetTimestamp(),
            CapturedTime = time.GetLocalNow(),
            Width = width,
            Height = height,
            Pixels = pixels,
        };
    }
}
