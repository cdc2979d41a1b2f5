using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Plays another source at its own rate, as a camera would give it.</summary>
internal sealed class PacedSource(IFrameSource source, TimeProvider time) : IFrameSource
{
    private long _start;
    private long _frames;

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public double FrameRate => source.FrameRate;

    /// <inheritdoc/>
    public long? FrameCount => source.FrameCount;

    /// <inheritdoc/>
    public SourceStatus Status => source.Status;

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellation)
    {
        if (_frames++ == 0)
        {
            // The time counts from when it is there: what opening took must not make the next ones come in a burst.
            var first = source.Read(cancellation);
            _start = time.GetTimestamp();
            return first;
        }

        WaitUntil(TimeSpan.FromSeconds((_frames - 1) / FrameRate), cancellation);
        return source.Read(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    // Timers count whole ticks of a coarse clock and ring up to some milliseconds early; a frame never comes early.
    private void WaitUntil(TimeSpan due, CancellationToken cancellation)
    {
        while (due - time.GetElapsedTime(_start) is { } left && left > TimeSpan.Zero)
        {
            Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellation).GetAwaiter().GetResult();
        }
    }
}
