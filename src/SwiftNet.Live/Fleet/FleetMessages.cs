
namespace SwiftNet.Live.Fleet;

/// <summary>A node's report to the coordinator, sent about once a second.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Instance">Identifies the process; changes with every start.</param>
/// <param name="Number">Sequence number within the process, so that a delayed report can be detected.</param>
/// <param name="Silo">The node's Orleans address.</param>
/// <param name="Budget">Device time that the node offers, in ms/s.</param>
/// <param name="Devices">Devices that a camera may require.</param>
/// <param name="Web">URL of the node's status page; null = none.</param>
/// <param name="HasStore">Whether the node can reach the store.</param>
/// <param name="IsLeaving">Whether the node is shutting down and its cameras must move.</param>
/// <param name="Cameras">The cameras that run on the node.</param>
[GenerateSerializer]
internal sealed record NodeReport(
    string Node,
    string Instance,
    long Number,
    SiloAddress Silo,
    double Budget,
    string[] Devices,
    string? Web,
    bool HasStore,
    bool IsLeaving,
    RunningReport[] Cameras);

/// <summary>State of a camera on a node.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="Epoch">The activation number; 0 while starting.</param>
/// <param name="Milliseconds">Measured device time in ms/s; null before the first measurement.</param>
/// <param name="State">starting, running, ended or failed.</param>
/// <param name="Why">The error of a failed camera.</param>
/// <param name="Objects">Number of tracked objects.</param>
/// <param name="Resumed">The activation whose snapshot was restored; 0 = none.</param>
[GenerateSerializer]
internal sealed record RunningReport(string Camera, long Epoch, double? Milliseconds, string State, string? Why, int Objects, long Resumed);

/// <summary>The coordinator's answer to a report.</summary>
/// <param name="Granted">Whether the node's lease is renewed, starting from when the report was sent.</param>
/// <param name="Why">The reason if the lease is not renewed.</param>
/// <param name="LetGo">Activations that this node must stop: the cameras run on other nodes.</param>
/// <param name="Others">Number of other nodes that accept cameras.</param>
/// <param name="Coordinator">The coordinator's epoch; the node registers its cameras with every new coordinator.</param>
[GenerateSerializer]
internal sealed record LeaseAnswer(bool Granted, string? Why, CameraEpoch[] LetGo, int Others, long Coordinator);

/// <summary>One activation of a camera.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="Epoch">The activation number.</param>
[GenerateSerializer]
internal sealed record CameraEpoch(string Camera, long Epoch);

/// <summary>A control call, forwarded to the node that runs the camera.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">The headers of <see cref="LocalApiClient.Headers"/> that the call has.</param>
/// <param name="Body">The body; empty for none.</param>
[GenerateSerializer]
internal sealed record ForwardedCall(string Method, string Path, Dictionary<string, string> Headers, byte[] Body);

/// <summary>The response to a <see cref="ForwardedCall"/>.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers of <see cref="LocalApiClient.Headers"/> that the response has.</param>
/// <param name="Body">The body.</param>
[GenerateSerializer]
internal sealed record ForwardedAnswer(int Status, Dictionary<string, string> Headers, byte[] Body);
