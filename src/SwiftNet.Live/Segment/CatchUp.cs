using SwiftNet.Live.Control;

namespace SwiftNet.Live.Segment;

/// <summary>An object on its way from the frame that it was given or corrected on to the newest one, in at most ten steps, evenly spaced
/// over what is kept.</summary>
/// <param name="id">The object.</param>
/// <param name="follower">Follows it alone; this object's.</param>
/// <param name="frame">The frame that it begins on.</param>
/// <param name="startedAt">When it began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed class CatchUp(byte id, WindowedSegmenter follower, long frame, long startedAt) : IDisposable
{
    private const int MostSteps = 10;
    private int? _left;

    /// <summary>The object.</summary>
    public byte Id => id;

    /// <summary>What follows it.</summary>
    public WindowedSegmenter Follower => follower;

    /// <summary>The frame that it began on.</summary>
    public long From { get; private set; } = frame;

    /// <summary>The frame that it has come to.</summary>
    public long At { get; private set; } = frame;

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>When it began.</summary>
    public long StartedAt => startedAt;

    /// <summary>It was corrected meanwhile: it goes on from that frame.</summary>
    public void Restart(long corrected) => (From, At, _left) = (corrected, corrected, null);

    /// <summary>The frame of the next step, the caller's to dispose; null when it has come to the newest.</summary>
    public KeptFrame? Next(KeptFrames frames)
    {
        var gap = frames.CountAfter(At);
        if (gap == 0)
        {
            return null;
        }

        // While it catches up newer frames come, about one a step: so two at a time at least.
        var left = _left ?? Math.Clamp(gap - 1, 1, MostSteps);
        var next = frames.After(At, left <= 1 ? gap : (gap + left - 1) / left)!;
        (At, _left) = (next.Number, left - 1);
        Steps++;
        return next;
    }

    /// <inheritdoc/>
    public void Dispose() => follower.Dispose();
}
