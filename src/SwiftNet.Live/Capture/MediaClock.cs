namespace SwiftNet.Live.Capture;

/// <summary>Converts a file's presentation times to strictly increasing times.</summary>
/// <param name="frameRate">Frames per second, for pictures without a time.</param>
internal sealed class MediaClock(double frameRate)
{
    // A larger step back than any reordering is a clock reset, as in joined recordings.
    private static readonly TimeSpan s_jump = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);
    private readonly TimeSpan _interval = TimeSpan.FromTicks((long)Math.Round(TimeSpan.TicksPerSecond / frameRate));
    private TimeSpan? _last;
    private TimeSpan _shift;

    /// <summary>The next picture's time; at least 0.</summary>
    /// <param name="seconds">The file's presentation time; null = unknown.</param>
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
