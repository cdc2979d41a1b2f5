namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>The durations that keep a camera from running on two nodes. All are monotonic; wall clocks do not matter.</summary>
/// <param name="Lease">How long a node may run its cameras after it sent a report that was granted.</param>
internal sealed record FleetTimes(TimeSpan Lease)
{
    /// <summary>Interval between two reports of a node.</summary>
    public TimeSpan ReportInterval { get; } = TimeSpan.FromSeconds(Math.Min(1, Lease.TotalSeconds / 5));

    /// <summary>How long a coordinator may rely on the store's last confirmation that its epoch is the newest.</summary>
    public TimeSpan EpochValidity { get; } = Lease / 2;

    /// <summary>Safety margin for waiting on other nodes, since monotonic clocks run at slightly different rates.</summary>
    public TimeSpan Margin { get; } = TimeSpan.FromSeconds(0.25) + (Lease / 20);

    /// <summary>A node without a report for this long has stopped its cameras.</summary>
    public TimeSpan SilenceTimeout => Lease + Margin;

    /// <summary>How long a new coordinator waits before it reassigns cameras that no node reports: the last leases of its predecessor may
    /// run until then.</summary>
    public TimeSpan TakeoverDelay => EpochValidity + SilenceTimeout;

    /// <summary>Interval between two heartbeats of a member in the store.</summary>
    public TimeSpan HeartbeatInterval => Lease / 2;

    /// <summary>A member that is unreachable and left no heartbeat for this long is dead; nodes that start right after its death wait this
    /// long.</summary>
    public TimeSpan EvictAfter => (2 * Lease) + Margin;
}
