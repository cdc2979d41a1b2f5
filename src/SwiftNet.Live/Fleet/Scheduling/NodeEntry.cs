namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>The coordinator's record of a node.</summary>
/// <param name="name">The node's name.</param>
/// <param name="heardAt">Timestamp of the last report, or the assumed one.</param>
internal sealed class NodeEntry(string name, long heardAt)
{
    /// <summary>The node's name.</summary>
    public string Name => name;

    /// <summary>The last report; null until this coordinator receives one.</summary>
    public NodeReport? Report { get; set; }

    /// <summary>Timestamp of the last report.</summary>
    public long HeardAt { get; set; } = heardAt;

    /// <summary>Whether no report came for longer than the lease.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether the node accepts cameras.</summary>
    public bool TakesCameras => !IsSilent && Report is { IsLeaving: false };
}
