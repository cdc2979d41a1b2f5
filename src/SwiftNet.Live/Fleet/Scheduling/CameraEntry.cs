namespace SwiftNet.Live.Fleet.Keeping;

/// <summary>How a camera of the fleet stands.</summary>
internal enum FleetCameraState
{
    /// <summary>For a box.</summary>
    Waiting,

    /// <summary>On its box.</summary>
    Starting,

    /// <summary>On its box.</summary>
    Running,

    /// <summary>Its box lets go of it.</summary>
    Stopping,

    /// <summary>Its source has ended.</summary>
    Ended,
}

/// <summary>A camera as the keeper knows it.</summary>
/// <param name="definition">The camera.</param>
internal sealed class CameraEntry(CameraDefinition definition)
{
    /// <summary>The camera.</summary>
    public CameraDefinition Definition { get; set; } = definition;

    /// <summary>The boxes whose configuration holds it.</summary>
    public SortedSet<string> Brought { get; } = new(StringComparer.Ordinal);

    /// <summary>How it stands.</summary>
    public FleetCameraState State { get; set; }

    /// <summary>The box that has it, or had it last.</summary>
    public string? Box { get; set; }

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

    /// <summary>Reports in a row in which its box did not name it.</summary>
    public int Missing { get; set; }

    /// <summary>The order about it that is being carried out; null for none.</summary>
    public FleetOrder? Pending { get; set; }

    /// <summary>What is wrong with it on its box, so that it is to be stopped there; null for nothing.</summary>
    public string? Ailment { get; set; }

    /// <summary>Whether its source has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Where a person wants it; null for no wish.</summary>
    public string? Wish { get; set; }

    /// <summary>Whether its definition is newer than what its box runs.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Whether no configuration holds it any more.</summary>
    public bool IsGone => Brought.Count == 0;

    /// <summary>Times that it went from one box to another.</summary>
    public int Moves { get; set; }

    /// <summary>The box that it ran on last, as far as this keeper has seen.</summary>
    public string? LastBox { get; set; }

    /// <summary>Whether it takes of its box's budget.</summary>
    public bool IsOnBox => State is FleetCameraState.Starting or FleetCameraState.Running or FleetCameraState.Stopping;
}
