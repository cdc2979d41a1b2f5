using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Fleet;

/// <summary>This node's lease on its cameras. It expires by monotonic time unless renewed, and is checked before every frame.</summary>
/// <param name="times">The lease duration.</param>
/// <param name="time">The clock.</param>
internal sealed class NodeLease(FleetTimes times, TimeProvider time)
{
    private const long Never = long.MinValue;
    private const long Ended = long.MinValue + 1;
    private readonly long _ticks = (long)(times.Lease.TotalSeconds * time.TimestampFrequency);
    private long _until = Never;

    /// <summary>Whether the lease is valid.</summary>
    public bool Holds => time.GetTimestamp() < Interlocked.Read(ref _until);

    /// <summary>Time since the lease expired; negative while valid.</summary>
    public TimeSpan Over => Interlocked.Read(ref _until) is var until && until == Never ? TimeSpan.Zero : time.GetElapsedTime(until);

    /// <summary>Whether the lease was ended permanently.</summary>
    public bool HasEnded => Interlocked.Read(ref _until) == Ended;

    /// <summary>Renews the lease; no effect after <see cref="End"/>.</summary>
    /// <param name="sentAt">Timestamp at which the granted report was sent: earlier than the coordinator's receipt, so the coordinator
    /// always waits longer.</param>
    public void Renew(long sentAt)
    {
        // A late answer must not renew a lease that was ended meanwhile.
        var until = Interlocked.Read(ref _until);
        while (until != Ended && Interlocked.CompareExchange(ref _until, sentAt + _ticks, until) is var now && now != until)
        {
            until = now;
        }
    }

    /// <summary>Ends the lease permanently.</summary>
    public void End() => Interlocked.Exchange(ref _until, Ended);
}
