using System.Text.Json.Serialization;

namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>All that there is to be seen of a fleet at one moment.</summary>
/// <param name="Cluster">The fleet's name.</param>
/// <param name="Coordinator">The node that the coordinator is on.</param>
/// <param name="CoordinatorEpoch">The coordinator's number.</param>
/// <param name="HasStore">Whether the coordinator reaches the store.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Cameras">The cameras.</param>
/// <param name="Moves">The newest moves, the newest first.</param>
[GenerateSerializer]
[Alias("SwiftNet.Live.Fleet.Keeping.FleetStatus")]
internal sealed record FleetStatus(
    string Cluster,
    [property: JsonPropertyName("keeper")] string Coordinator,
    [property: JsonPropertyName("keeper_epoch")] long CoordinatorEpoch,
    bool HasStore,
    [property: JsonPropertyName("boxes")] NodeStatus[] Nodes,
    FleetCameraStatus[] Cameras,
    MoveStatus[] Moves);

/// <summary>A node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">One word: up, leaving, silent.</param>
/// <param name="HeardMs">How long ago it was heard, in milliseconds.</param>
/// <param name="BudgetMs">Milliseconds of device time a second that it gives.</param>
/// <param name="UsedMs">Of these, what its cameras need.</param>
/// <param name="FreeMs">What is left.</param>
/// <param name="Cameras">Cameras on it.</param>
/// <param name="Devices">What it has that a camera may need.</param>
/// <param name="Web">Where its own page is.</param>
/// <param name="HasStore">Whether it reaches the store.</param>
[GenerateSerializer]
[Alias("SwiftNet.Live.Fleet.Keeping.BoxStatus")]
internal sealed record NodeStatus(string Name, string State, double HeardMs, double BudgetMs, double UsedMs, double FreeMs, int Cameras, string[] Devices, string? Web, bool HasStore);

/// <summary>A camera.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">One word: waiting, starting, running, stopping, ended.</param>
/// <param name="Node">The node that has it, or had it last.</param>
/// <param name="Epoch">The number of its newest activation.</param>
/// <param name="Why">Why it is where it is, or why it waits.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="NeedsMs">Milliseconds of device time a second that it needs.</param>
/// <param name="IsMeasured">Whether that has been measured.</param>
/// <param name="Objects">Objects followed.</param>
/// <param name="ResumedFrom">The activation whose snapshot it went on from; 0 for none.</param>
/// <param name="Moves">Times that it went from one node to another.</param>
/// <param name="DeclaredBy">The nodes whose configuration holds it.</param>
[GenerateSerializer]
[Alias("SwiftNet.Live.Fleet.Keeping.FleetCameraStatus")]
internal sealed record FleetCameraStatus(
    string Name,
    string State,
    [property: JsonPropertyName("box")] string? Node,
    long Epoch,
    string Why,
    DateTimeOffset Since,
    double NeedsMs,
    bool IsMeasured,
    int Objects,
    long ResumedFrom,
    int Moves,
    [property: JsonPropertyName("brought_by")] string[] DeclaredBy);

/// <summary>A camera went from one node to another.</summary>
/// <param name="Time">When it ran again.</param>
/// <param name="Camera">The camera.</param>
/// <param name="From">The node that had it.</param>
/// <param name="To">The node that has it now.</param>
/// <param name="Why">Why.</param>
/// <param name="TookMs">From the order to its running again, in milliseconds.</param>
[GenerateSerializer]
[Alias("SwiftNet.Live.Fleet.Keeping.MoveStatus")]
internal sealed record MoveStatus(DateTimeOffset Time, string Camera, string? From, string To, string Why, double TookMs);
