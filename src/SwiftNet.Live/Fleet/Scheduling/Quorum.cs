namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>Who may go on when part of the fleet, or the store, cannot be reached: never two parts at once.</summary>
internal static class Quorum
{
    /// <summary>Whether a coordinator that does not reach the store may let nodes keep their cameras: those that it hears, which must reach it neither, are most of the fleet.</summary>
    /// <param name="known">Nodes of the fleet.</param>
    /// <param name="heard">Those that were heard of late and do not reach the store.</param>
    public static bool MayKeep(int known, int heard) => 2 * heard > known;

    /// <summary>Whether a coordinator that reaches the store may give away the cameras of silent nodes: these are too few to go on by themselves.</summary>
    /// <param name="known">Nodes of the fleet.</param>
    /// <param name="silent">Those that were not heard for longer than a lease.</param>
    public static bool MayTakeOver(int known, int silent) => 2 * silent <= known;
}
