namespace SwiftNet.Live.Output;

/// <summary>How long to leave alone what failed: twice as long each time, up to a bound, and a little different each time, so that many who failed together do not return together.</summary>
internal sealed class Backoff(TimeProvider time, TimeSpan first, TimeSpan most)
{
    private TimeSpan _delay;
    private long _failedAt;

    /// <summary>For what runs on this machine: 1 s to 1 minute.</summary>
    public static Backoff Local(TimeProvider time) => new(time, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>Whether it may be tried (again).</summary>
    public bool IsOver => _delay == TimeSpan.Zero || time.GetElapsedTime(_failedAt) >= _delay;

    /// <summary>It failed; returns how long to wait.</summary>
    public TimeSpan Failed()
    {
        // What held for longer than it is ever left alone begins anew.
        var wait = _delay == TimeSpan.Zero || time.GetElapsedTime(_failedAt) > most + most ? first : _delay * 2;
        _delay = (wait < most ? wait : most) * (0.9 + (0.2 * Random.Shared.NextDouble()));
        _failedAt = time.GetTimestamp();
        return _delay;
    }

    /// <summary>It holds: the next failure is the first.</summary>
    public void Reset() => _delay = TimeSpan.Zero;
}
