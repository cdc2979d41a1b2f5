using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>When what failed may be tried again, by the clock and with a <see cref="Backoff"/>.</summary>
internal sealed class RetryTime(TimeProvider time, TimeSpan first, TimeSpan most)
{
    private readonly Backoff _waits = new(first, most);
    private TimeSpan _wait;
    private long _failedAt;

    /// <summary>For what runs on this machine: up to 1 s at first, up to 1 minute later.</summary>
    public static RetryTime Local(TimeProvider time) => new(time, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>Whether it may be tried (again).</summary>
    public bool IsOver => _wait == TimeSpan.Zero || time.GetElapsedTime(_failedAt) >= _wait;

    /// <summary>It failed; returns how long to wait.</summary>
    public TimeSpan Failed()
    {
        // What held for longer than it is ever left alone begins anew.
        if (time.GetElapsedTime(_failedAt) > most + most)
        {
            _waits.Reset();
        }

        (_wait, _failedAt) = (_waits.Next(), time.GetTimestamp());
        return _wait;
    }
}
