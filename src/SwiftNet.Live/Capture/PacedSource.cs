using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Plays another source in real time by its frames' times, as a camera would.</summary>
internal sealed class PacedSource(IFrameSource source, TimeProvider time) : IFrameSource
{
    private (long At, TimeSpan MediaTime)? _first;

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
        if (source.Read(cancellation) is not { } frame)
        {
            return null;
        }

        // Count from the first frame: time spent on opening must not cause a burst.
        if (_first is null)
        {
            var first = frame.CapturedNow(time);
            _first = (first.CapturedAt, first.MediaTime);
            return first;
        }

        try
        {
            WaitUntil(frame.MediaTime - _first.Value.MediaTime, cancellation);
        }
        catch (OperationCanceledException)
        {
            frame.Dispose();
            throw;
        }

        return frame.CapturedNow(time);
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    // Timers count whole ticks of a coarse clock and may fire milliseconds early; a frame never comes early.
    private void WaitUntil(TimeSpan due, CancellationToken cancellation)
    {
        while (due - time.GetElapsedTime(_first!.Value.At) is { } left && left > TimeSpan.Zero)
        {
            Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellation).GetAwaiter().GetResult();
        }
    }
}
