namespace SwiftNet.Live.Fleet.Keeping;

/// <summary>The times that keep two boxes from running one camera. All are lengths of monotonic time: what the clocks say does not matter.</summary>
/// <param name="Lease">How long a box keeps its cameras after it sent a report that was granted.</param>
internal sealed record FleetTimes(TimeSpan Lease)
{
    /// <summary>Time between two reports of a box.</summary>
    public TimeSpan Report { get; } = TimeSpan.FromSeconds(Math.Min(1, Lease.TotalSeconds / 5));

    /// <summary>How long a keeper goes by what the store said of it: that it has not been succeeded.</summary>
    public TimeSpan Trust { get; } = Lease / 2;

    /// <summary>What is added where others are waited for: no two crystals run alike.</summary>
    public TimeSpan Margin { get; } = TimeSpan.FromSeconds(0.25) + (Lease / 20);

    /// <summary>A box that was not heard for so long has let go of its cameras.</summary>
    public TimeSpan Silence => Lease + Margin;

    /// <summary>What a new keeper waits for, before it gives away what nobody reports: leases that the one before it may have granted last.</summary>
    public TimeSpan Grace => Trust + Silence;

    /// <summary>Time between two signs of life that a member leaves in the store.</summary>
    public TimeSpan SignOfLife => Lease / 2;

    /// <summary>A member that has left none in the store for so long, and cannot be reached, is gone; those that start at once after it wait for it so long.</summary>
    public TimeSpan Lost => (2 * Lease) + Margin;
}
