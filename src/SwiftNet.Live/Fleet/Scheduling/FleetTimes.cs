namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>The times that keep two nodes from running one camera. All are lengths of monotonic time: what the clocks say does not matter.</summary>
/// <param name="Lease">How long a node keeps its cameras after it sent a report that was granted.</param>
internal sealed record FleetTimes(TimeSpan Lease)
{
    /// <summary>Time between two reports of a node.</summary>
    public TimeSpan ReportInterval { get; } = TimeSpan.FromSeconds(Math.Min(1, Lease.TotalSeconds / 5));

    /// <summary>How long a coordinator goes by what the store said of it: that it has not been succeeded.</summary>
    public TimeSpan EpochValidity { get; } = Lease / 2;

    /// <summary>What is added where others are waited for: no two crystals run alike.</summary>
    public TimeSpan Margin { get; } = TimeSpan.FromSeconds(0.25) + (Lease / 20);

    /// <summary>A node that was not heard for so long has let go of its cameras.</summary>
    public TimeSpan SilenceTimeout => Lease + Margin;

    /// <summary>What a new coordinator waits for, before it gives away what nobody reports: leases that the one before it may have granted last.</summary>
    public TimeSpan TakeoverDelay => EpochValidity + SilenceTimeout;

    /// <summary>Time between two signs of life that a member leaves in the store.</summary>
    public TimeSpan HeartbeatInterval => Lease / 2;

    /// <summary>A member that has left none in the store for so long, and cannot be reached, is gone; those that start at once after it wait for it so long.</summary>
    public TimeSpan EvictAfter => (2 * Lease) + Margin;
}
