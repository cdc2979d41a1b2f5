namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>How a camera of the fleet stands.</summary>
internal enum FleetCameraState
{
    /// <summary>For a node.</summary>
    Waiting,

    /// <summary>On its node.</summary>
    Starting,

    /// <summary>On its node.</summary>
    Running,

    /// <summary>Its node lets go of it.</summary>
    Stopping,

    /// <summary>Its source has ended.</summary>
    Ended,
}

/// <summary>A camera as the coordinator knows it.</summary>
/// <param name="definition">The camera.</param>
internal sealed class CameraEntry(CameraDefinition definition)
{
    /// <summary>The camera.</summary>
    public CameraDefinition Definition { get; set; } = definition;

    /// <summary>The nodes whose configuration holds it.</summary>
    public SortedSet<string> DeclaredBy { get; } = new(StringComparer.Ordinal);

    /// <summary>How it stands.</summary>
    public FleetCameraState State { get; set; }

    /// <summary>The node that has it, or had it last.</summary>
    public string? Node { get; set; }

    /// <summary>The number of its newest activation; 0 before the first.</summary>
    public long Epoch { get; set; }

    /// <summary>Why it is where it is, or why it waits.</summary>
    public string Why { get; set; } = "new";

    /// <summary>Since when it stands so, by the calendar.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Device time in a second, in milliseconds, as measured; null before.</summary>
    public double? Measured { get; set; }

    /// <summary>Device time in a second, in milliseconds: measured, or as it is taken to be.</summary>
    public double Milliseconds => Measured ?? Definition.Milliseconds;

    /// <summary>Objects followed.</summary>
    public int Objects { get; set; }

    /// <summary>The activation whose snapshot it went on from; 0 for none.</summary>
    public long Resumed { get; set; }

    /// <summary>Times in a row that it broke or did not start.</summary>
    public int Failures { get; set; }

    /// <summary>It is not started before this time.</summary>
    public long NotBefore { get; set; }

    /// <summary>Reports in a row in which its node did not name it.</summary>
    public int Missing { get; set; }

    /// <summary>The order about it that is being carried out; null for none.</summary>
    public FleetOrder? Pending { get; set; }

    /// <summary>What is wrong with it on its node, so that it is to be stopped there; null for nothing.</summary>
    public string? StopReason { get; set; }

    /// <summary>Whether its source has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Where a person wants it; null for no wish.</summary>
    public string? Wish { get; set; }

    /// <summary>Whether its definition is newer than what its node runs.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Whether no configuration holds it any more.</summary>
    public bool IsGone => DeclaredBy.Count == 0;

    /// <summary>Times that it went from one node to another.</summary>
    public int Moves { get; set; }

    /// <summary>The node that it ran on last, as far as this coordinator has seen.</summary>
    public string? LastNode { get; set; }

    /// <summary>Whether it takes of its node's budget.</summary>
    public bool IsOnNode => State is FleetCameraState.Starting or FleetCameraState.Running or FleetCameraState.Stopping;
}
