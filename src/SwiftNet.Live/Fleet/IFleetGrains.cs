using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera of the fleet: active on one node at a time, where it owns the camera's way from capture to output. Its key is the camera's name.</summary>
internal interface ICameraGrain : IGrainWithStringKey
{
    /// <summary>Starts the camera on the node that it was placed on.</summary>
    /// <returns>Why it does not run, one line; null where it does.</returns>
    /// <param name="camera">The camera.</param>
    /// <param name="node">The node that is meant; another one refuses.</param>
    /// <param name="epoch">The number of this activation; one that is no longer the newest is refused.</param>
    [ResponseTimeout("00:01:00")]
    [Alias("B871FF8D")]
    Task<string?> RunAsync(CameraDefinition camera, string node, long epoch);

    /// <summary>Ends it well: what was captured is finished, what it follows is kept. Nothing where it does not run.</summary>
    /// <param name="next">Where it is to be active then; null for nowhere.</param>
    [ResponseTimeout("00:01:00")]
    [Alias("8A8289BE")]
    Task StopAsync(SiloAddress? next);

    /// <summary>Answers a control call for this camera.</summary>
    [ResponseTimeout("00:00:30")]
    [Alias("714DDCD6")]
    Task<ForwardedAnswer> AskAsync(ForwardedCall call);
}

/// <summary>The one that knows all nodes and cameras and decides who runs what. Any node may be its home.</summary>
[GrainInterfaceType("SwiftNet.Live.Fleet.IKeeperGrain")]
[Alias("SwiftNet.Live.Fleet.IKeeperGrain")]
internal interface ICoordinatorGrain : IGrainWithStringKey
{
    /// <summary>A node tells how it is, and asks to keep its cameras.</summary>
    [ResponseTimeout("00:00:10")]
    [Alias("E9B2D3DF")]
    Task<LeaseAnswer> ReportAsync(NodeReport report);

    /// <summary>A node brings its cameras into the fleet; those that it alone had brought before and has no more are gone.</summary>
    /// <returns>What is wrong with them, one line; null for nothing.</returns>
    [ResponseTimeout("00:00:10")]
    [Alias("07A4BA53")]
    Task<string?> RegisterAsync(string node, CameraDefinition[] cameras);

    /// <summary>All that there is to be seen.</summary>
    [ResponseTimeout("00:00:05")]
    [Alias("61B38420")]
    Task<FleetStatus> StatusAsync();

    /// <summary>Where a camera runs.</summary>
    /// <returns>Whether there is such a camera, and the node that runs it; null where none does.</returns>
    [ResponseTimeout("00:00:05")]
    [Alias("0FD03280")]
    Task<(bool Known, SiloAddress? Silo)> LocateAsync(string camera);

    /// <summary>Moves a camera.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="node">Where to; null for the node with most to give.</param>
    /// <returns>What is wrong with that, one line; null for nothing.</returns>
    [ResponseTimeout("00:01:00")]
    [Alias("F79EB6AA")]
    Task<string?> MoveAsync(string camera, string? node);

    /// <summary>A person says that a silent node is off: its cameras may run elsewhere, however many nodes are silent.</summary>
    /// <returns>What is wrong with that, one line; null for nothing.</returns>
    [ResponseTimeout("00:00:10")]
    [Alias("475757C3")]
    Task<string?> EvictAsync(string node);
}
