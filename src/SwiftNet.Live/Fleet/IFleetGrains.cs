using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera of the fleet, active on one node at a time, where it owns the whole pipeline. The key is the camera's name.</summary>
internal interface ICameraGrain : IGrainWithStringKey
{
    /// <summary>Starts the camera on the node of the activation.</summary>
    /// <returns>One line with the reason if the camera does not start; null if it runs.</returns>
    /// <param name="camera">The camera.</param>
    /// <param name="node">The expected node; any other node refuses.</param>
    /// <param name="epoch">The activation number; refused if it is no longer the newest.</param>
    [ResponseTimeout("00:01:00")]
    Task<string?> RunAsync(CameraDefinition camera, string node, long epoch);

    /// <summary>Stops the camera: finishes captured frames and saves a snapshot. No effect if the camera does not run.</summary>
    /// <param name="next">The silo to migrate to; null = deactivate.</param>
    [ResponseTimeout("00:01:00")]
    Task StopAsync(SiloAddress? next);

    /// <summary>Executes a control call for this camera.</summary>
    [ResponseTimeout("00:00:30")]
    Task<ForwardedAnswer> AskAsync(ForwardedCall call);
}

/// <summary>The fleet's single coordinator: knows all nodes and cameras and assigns cameras to nodes. It may be active on any
/// node.</summary>
internal interface ICoordinatorGrain : IGrainWithStringKey
{
    /// <summary>Takes a node's report and decides on the renewal of its lease.</summary>
    [ResponseTimeout("00:00:10")]
    Task<LeaseAnswer> ReportAsync(NodeReport report);

    /// <summary>Registers a node's cameras. Cameras that only this node had declared, and no longer declares, are removed.</summary>
    /// <returns>One line with the reason if a camera is refused; null = accepted.</returns>
    [ResponseTimeout("00:00:10")]
    Task<string?> RegisterAsync(string node, CameraDefinition[] cameras);

    /// <summary>The current status of the fleet.</summary>
    [ResponseTimeout("00:00:05")]
    Task<FleetStatus> StatusAsync();

    /// <summary>Locates a camera.</summary>
    /// <returns>Whether the camera exists, and the silo that runs it; null = not running.</returns>
    [ResponseTimeout("00:00:05")]
    Task<(bool Known, SiloAddress? Silo)> LocateAsync(string camera);

    /// <summary>Moves a camera to another node.</summary>
    /// <param name="camera">The camera's name.</param>
    /// <param name="node">The target node; null = the node with the most free budget.</param>
    /// <returns>One line with the reason if the move is refused; null = accepted.</returns>
    [ResponseTimeout("00:01:00")]
    Task<string?> MoveAsync(string camera, string? node);

    /// <summary>Evicts a node that an operator knows to be off: its cameras may then run on other nodes, however many nodes are
    /// silent.</summary>
    /// <returns>One line with the reason if there is no such node; null = evicted.</returns>
    [ResponseTimeout("00:00:10")]
    Task<string?> EvictAsync(string node);
}
