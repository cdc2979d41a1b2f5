namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>A node as the coordinator knows it.</summary>
/// <param name="name">Its name.</param>
/// <param name="heardAt">When it was heard last, or is taken to have been.</param>
internal sealed class NodeEntry(string name, long heardAt)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What it said last; null where this coordinator has not heard it yet.</summary>
    public NodeReport? Report { get; set; }

    /// <summary>When its last report came.</summary>
    public long HeardAt { get; set; } = heardAt;

    /// <summary>Whether it is silent for longer than its lease.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether cameras may come to it.</summary>
    public bool TakesCameras => !IsSilent && Report is { IsLeaving: false };
}
