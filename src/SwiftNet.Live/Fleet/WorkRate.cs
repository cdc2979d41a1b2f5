namespace SwiftNet.Live.Fleet;

/// <summary>Device time of a camera in ms/s, as an exponential average over about 15 seconds.</summary>
/// <param name="time">The clock.</param>
internal sealed class WorkRate(TimeProvider time)
{
    private const double Seconds = 15;
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private long _at = time.GetTimestamp();
    private TimeSpan _before;
    private double? _rate;

    /// <summary>The current rate in ms/s; null in the first seconds of work.</summary>
    /// <param name="worked">Total device time so far.</param>
    public double? Rate(TimeSpan worked)
    {
        var passed = time.GetElapsedTime(_at);
        if (worked == TimeSpan.Zero)
        {
            _at = time.GetTimestamp();
        }
        else if (passed >= (_rate is null ? s_first : TimeSpan.FromSeconds(0.5)))
        {
            var now = (worked - _before).TotalMilliseconds / passed.TotalSeconds;
            _rate = _rate is { } before ? before + ((now - before) * (1 - Math.Exp(-passed.TotalSeconds / Seconds))) : now;
            (_at, _before) = (time.GetTimestamp(), worked);
        }

        return _rate;
    }
}
