namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>State of a camera in the fleet.</summary>
internal enum FleetCameraState
{
    /// <summary>Waiting for a node.</summary>
    Waiting,

    /// <summary>Starting on its node.</summary>
    Starting,

    /// <summary>Running on its node.</summary>
    Running,

    /// <summary>Stopping on its node.</summary>
    Stopping,

    /// <summary>The video source has ended.</summary>
    Ended,
}

/// <summary>The coordinator's record of a camera.</summary>
/// <param name="definition">The camera's definition.</param>
internal sealed class CameraEntry(CameraDefinition definition)
{
    /// <summary>The camera's definition.</summary>
    public CameraDefinition Definition { get; set; } = definition;

    /// <summary>Names of the nodes whose configuration declares the camera.</summary>
    public SortedSet<string> DeclaredBy { get; } = new(StringComparer.Ordinal);

    /// <summary>The current state.</summary>
    public FleetCameraState State { get; set; }

    /// <summary>The current or last node.</summary>
    public string? Node { get; set; }

    /// <summary>The newest activation number; 0 before the first.</summary>
    public long Epoch { get; set; }

    /// <summary>The reason for the current placement or for waiting.</summary>
    public string Why { get; set; } = "new";

    /// <summary>Wall-clock time of the last state change.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Measured device time in ms/s; null before the first measurement.</summary>
    public double? Measured { get; set; }

    /// <summary>Device time in ms/s: measured, or else the configured estimate.</summary>
    public double Milliseconds => Measured ?? Definition.Milliseconds;

    /// <summary>Number of tracked objects.</summary>
    public int Objects { get; set; }

    /// <summary>The activation whose snapshot was restored; 0 = none.</summary>
    public long Resumed { get; set; }

    /// <summary>Consecutive failures or failed starts.</summary>
    public int Failures { get; set; }

    /// <summary>Earliest timestamp for the next start.</summary>
    public long NotBefore { get; set; }

    /// <summary>Consecutive reports of its node that did not list the camera.</summary>
    public int Missing { get; set; }

    /// <summary>The order in progress; null = none.</summary>
    public FleetOrder? Pending { get; set; }

    /// <summary>Why the camera must be stopped on its node; null = it need not.</summary>
    public string? StopReason { get; set; }

    /// <summary>Whether the video source has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The node that an operator requested; null = none.</summary>
    public string? Wish { get; set; }

    /// <summary>Whether the definition is newer than the running activation's.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Whether no node's configuration declares the camera any more.</summary>
    public bool IsGone => DeclaredBy.Count == 0;

    /// <summary>Number of moves between nodes.</summary>
    public int Moves { get; set; }

    /// <summary>The node of the last activation that this coordinator has seen.</summary>
    public string? LastNode { get; set; }

    /// <summary>Whether the camera uses budget of its node.</summary>
    public bool IsOnNode => State is FleetCameraState.Starting or FleetCameraState.Running or FleetCameraState.Stopping;
}
