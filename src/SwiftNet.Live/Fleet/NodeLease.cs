using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Fleet;

/// <summary>This node's right to its cameras: it runs out by itself, by monotonic time, and is read before every frame.</summary>
/// <param name="times">How long it lasts.</param>
/// <param name="time">The clock.</param>
internal sealed class NodeLease(FleetTimes times, TimeProvider time)
{
    private const long Never = long.MinValue;
    private const long Ended = long.MinValue + 1;
    private readonly long _ticks = (long)(times.Lease.TotalSeconds * time.TimestampFrequency);
    private long _until = Never;

    /// <summary>Whether it holds.</summary>
    public bool Holds => time.GetTimestamp() < Interlocked.Read(ref _until);

    /// <summary>How long ago it ran out; below 0 while it holds.</summary>
    public TimeSpan Over => Interlocked.Read(ref _until) is var until && until == Never ? TimeSpan.Zero : time.GetElapsedTime(until);

    /// <summary>Whether it was ended for good.</summary>
    public bool HasEnded => Interlocked.Read(ref _until) == Ended;

    /// <summary>It was granted once more; nothing after its end.</summary>
    /// <param name="sentAt">When the report was sent that it was granted for: the coordinator heard it later, and waits longer.</param>
    public void Renew(long sentAt)
    {
        // An answer that was on its way while it was ended changes nothing.
        var until = Interlocked.Read(ref _until);
        while (until != Ended && Interlocked.CompareExchange(ref _until, sentAt + _ticks, until) is var now && now != until)
        {
            until = now;
        }
    }

    /// <summary>Ends it for good.</summary>
    public void End() => Interlocked.Exchange(ref _until, Ended);
}
