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
    public Frame? Read(CancellationToken cancellation)
    {
        if (_frames++ == 0)
        {
            // The time counts from when it is there: what opening took must not make the next ones come in a burst.
            var first = source.Read(cancellation);
            _start = time.GetTimestamp();
            return first;
        }

        var wait = TimeSpan.FromSeconds((_frames - 1) / FrameRate) - time.GetElapsedTime(_start);
        if (wait > TimeSpan.Zero)
        {
            Task.Delay(wait, time, cancellation).GetAwaiter().GetResult();
        }

        return source.Read(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
