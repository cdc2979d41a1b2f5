using System.Text.Json.Serialization;

namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>The fleet's status at one moment, as served by <c>/api/fleet</c>.</summary>
/// <param name="Cluster">The fleet's name.</param>
/// <param name="Coordinator">The node that hosts the coordinator.</param>
/// <param name="CoordinatorEpoch">The coordinator's epoch.</param>
/// <param name="HasStore">Whether the coordinator can reach the store.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Cameras">The cameras.</param>
/// <param name="Moves">The latest moves, newest first.</param>
[GenerateSerializer]
internal sealed record FleetStatus(
    string Cluster,
    [property: JsonPropertyName("keeper")] string Coordinator,
    [property: JsonPropertyName("keeper_epoch")] long CoordinatorEpoch,
    bool HasStore,
    [property: JsonPropertyName("boxes")] NodeStatus[] Nodes,
    FleetCameraStatus[] Cameras,
    MoveStatus[] Moves);

/// <summary>Status of a node.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="State">up, leaving or silent.</param>
/// <param name="HeardMs">Time since the last report, in milliseconds.</param>
/// <param name="BudgetMs">Offered device time in ms/s.</param>
/// <param name="UsedMs">Device time that the node's cameras need, in ms/s.</param>
/// <param name="FreeMs">Free device time in ms/s; negative when overloaded.</param>
/// <param name="Cameras">Number of cameras on the node.</param>
/// <param name="Devices">Devices that a camera may require.</param>
/// <param name="Web">URL of the node's status page.</param>
/// <param name="HasStore">Whether the node can reach the store.</param>
[GenerateSerializer]
internal sealed record NodeStatus(
    string Name,
    string State,
    double HeardMs,
    double BudgetMs,
    double UsedMs,
    double FreeMs,
    int Cameras,
    string[] Devices,
    string? Web,
    bool HasStore);

/// <summary>Status of a camera.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="State">waiting, starting, running, stopping or ended.</param>
/// <param name="Node">The current or last node.</param>
/// <param name="Epoch">The newest activation number.</param>
/// <param name="Why">The reason for the current placement or for waiting.</param>
/// <param name="Since">Time of the last state change.</param>
/// <param name="NeedsMs">Required device time in ms/s.</param>
/// <param name="IsMeasured">Whether <paramref name="NeedsMs"/> is measured; else it is the configured estimate.</param>
/// <param name="Objects">Number of tracked objects.</param>
/// <param name="ResumedFrom">The activation whose snapshot was restored; 0 = none.</param>
/// <param name="Moves">Number of moves between nodes.</param>
/// <param name="DeclaredBy">The nodes whose configuration declares the camera.</param>
[GenerateSerializer]
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

/// <summary>A completed move of a camera.</summary>
/// <param name="Time">When the camera ran again.</param>
/// <param name="Camera">The camera's name.</param>
/// <param name="From">The previous node.</param>
/// <param name="To">The new node.</param>
/// <param name="Why">The reason.</param>
/// <param name="TookMs">Time from the order until the camera ran again, in milliseconds.</param>
[GenerateSerializer]
internal sealed record MoveStatus(DateTimeOffset Time, string Camera, string? From, string To, string Why, double TookMs);
