namespace SwiftNet.Live.Capture;

/// <summary>Turns the times that a file gives its pictures into times that always increase.</summary>
/// <param name="frameRate">Frames a second, for pictures without a time.</param>
internal sealed class MediaClock(double frameRate)
{
    // Further back than any reordering: the clock was set anew, as where two recordings were joined.
    private static readonly TimeSpan s_jump = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);
    private readonly TimeSpan _interval = TimeSpan.FromTicks((long)Math.Round(TimeSpan.TicksPerSecond / frameRate));
    private TimeSpan? _last;
    private TimeSpan _shift;

    /// <summary>The next picture's time; it begins at 0 at the earliest.</summary>
    /// <param name="seconds">As the file says; null where it does not.</param>
    public TimeSpan Next(double? seconds)
    {
        var time = seconds is { } s ? TimeSpan.FromSeconds(s) + _shift : _last + _interval ?? TimeSpan.Zero;
        if (_last is not { } last)
        {
            _shift = time < TimeSpan.Zero ? -time : TimeSpan.Zero;
            time += _shift;
        }
        else if (time <= last - s_jump)
        {
            _shift += last + _interval - time;
            time = last + _interval;
        }
        else if (time <= last)
        {
            time = last + s_least;
        }

        _last = time;
        return time;
    }
}
