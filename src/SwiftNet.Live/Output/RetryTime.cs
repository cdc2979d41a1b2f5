using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Decides when a failed operation may be retried, with a <see cref="Backoff"/>.</summary>
internal sealed class RetryTime(TimeProvider time, TimeSpan first, TimeSpan most)
{
    private readonly Backoff _waits = new(first, most);
    private TimeSpan _wait;
    private long _failedAt;

    /// <summary>For local resources: up to 1 s at first, up to 1 minute later.</summary>
    public static RetryTime Local(TimeProvider time) => new(time, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>Whether an attempt is due.</summary>
    public bool IsOver => _wait == TimeSpan.Zero || time.GetElapsedTime(_failedAt) >= _wait;

    /// <summary>Records a failure; returns the time to wait.</summary>
    public TimeSpan Failed()
    {
        // Success for longer than the longest wait resets the backoff.
        if (time.GetElapsedTime(_failedAt) > most + most)
        {
            _waits.Reset();
        }

        (_wait, _failedAt) = (_waits.Next(), time.GetTimestamp());
        return _wait;
    }
}
