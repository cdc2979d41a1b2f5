
namespace SwiftNet.Live.Fleet;

/// <summary>What a node tells the coordinator, about once a second.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Instance">Its process: another one after each start.</param>
/// <param name="Number">Which of its process's reports, growing: one may come late, from a node that kept it while it stood still.</param>
/// <param name="Silo">Where it is reached.</param>
/// <param name="Budget">Milliseconds of device time a second that it gives.</param>
/// <param name="Devices">What it has that a camera may need.</param>
/// <param name="Web">Where its status page is; null where it has none.</param>
/// <param name="HasStore">Whether it reaches the store.</param>
/// <param name="IsLeaving">Whether it is to be emptied, since it stops.</param>
/// <param name="Cameras">What it runs.</param>
[GenerateSerializer]
[Alias("SwiftNet.Live.Fleet.BoxReport")]
internal sealed record NodeReport(string Node, string Instance, long Number, SiloAddress Silo, double Budget, string[] Devices, string? Web, bool HasStore, bool IsLeaving, RunningReport[] Cameras);

/// <summary>A camera on a node.</summary>
/// <param name="Camera">Its name.</param>
/// <param name="Epoch">The activation's number; 0 while it starts.</param>
/// <param name="Milliseconds">Device time a second, measured; null before.</param>
/// <param name="State">One word: starting, running, ended, failed.</param>
/// <param name="Why">What it failed of.</param>
/// <param name="Objects">Objects followed.</param>
/// <param name="Resumed">The activation whose snapshot it went on from; 0 for none.</param>
[GenerateSerializer]
internal sealed record RunningReport(string Camera, long Epoch, double? Milliseconds, string State, string? Why, int Objects, long Resumed);

/// <summary>What the coordinator answers a node.</summary>
/// <param name="Granted">Whether the node keeps its cameras for another lease, from when it sent its report.</param>
/// <param name="Why">Where not: why.</param>
/// <param name="LetGo">Cameras that run elsewhere by now.</param>
/// <param name="Others">Nodes beside this one that may take cameras.</param>
/// <param name="Coordinator">The coordinator's number: a new one is told the node's cameras.</param>
[GenerateSerializer]
internal sealed record LeaseAnswer(bool Granted, string? Why, CameraEpoch[] LetGo, int Others, long Coordinator);

/// <summary>One activation of a camera.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="Epoch">The activation's number.</param>
[GenerateSerializer]
internal sealed record CameraEpoch(string Camera, long Epoch);

/// <summary>A control call on its way to the node that runs its camera.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Those that matter.</param>
/// <param name="Body">The body; empty for none.</param>
[GenerateSerializer]
internal sealed record ForwardedCall(string Method, string Path, Dictionary<string, string> Headers, byte[] Body);

/// <summary>What the owner answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Those that matter.</param>
/// <param name="Body">The body.</param>
[GenerateSerializer]
internal sealed record ForwardedAnswer(int Status, Dictionary<string, string> Headers, byte[] Body);
