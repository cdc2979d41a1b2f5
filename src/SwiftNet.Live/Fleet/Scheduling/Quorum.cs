namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>Decides which part of a partitioned fleet may continue: never two parts at once.</summary>
internal static class Quorum
{
    /// <summary>Whether a coordinator without the store may renew leases: a majority of nodes must report to it, and must not reach the
    /// store either.</summary>
    /// <param name="known">Number of nodes in the fleet.</param>
    /// <param name="heard">Number of nodes that reported recently and cannot reach the store.</param>
    public static bool MayKeep(int known, int heard) => 2 * heard > known;

    /// <summary>Whether a coordinator with the store may reassign the cameras of silent nodes: the silent nodes must be too few to continue
    /// on their own.</summary>
    /// <param name="known">Number of nodes in the fleet.</param>
    /// <param name="silent">Number of nodes without a report for longer than the lease.</param>
    public static bool MayTakeOver(int known, int silent) => 2 * silent <= known;
}
