using SwiftNet.Sights;
using SwiftNet.Tracking;

namespace SwiftNet.Snapshots;

/// <summary>The numbers of a video, as a snapshot holds them beside its tensors.</summary>
internal sealed record SnapshotState
{
    /// <summary>Columns of the frames at network size.</summary>
    public required int NetworkWidth { get; init; }

    /// <summary>Rows of the frames at network size.</summary>
    public required int NetworkHeight { get; init; }

    /// <summary>Columns of the results.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the results.</summary>
    public required int Height { get; init; }

    /// <summary>The part of the camera's frame that the frames at network size show; null in snapshots of whole frames.</summary>
    public FrameWindow? Window { get; init; }

    /// <summary>Frame of the last step.</summary>
    public required long Frame { get; init; }

    /// <summary>The trigger's count P, in pixels.</summary>
    public required long Varied { get; init; }

    /// <summary>Pixels of one update.</summary>
    public required int UpdatePixels { get; init; }

    /// <summary>Updates that memory has room for.</summary>
    public required int Slots { get; init; }

    /// <summary>Ids of the objects that have a mask on the last frame, in order.</summary>
    public required int[] Masks { get; init; }

    /// <summary>The objects, in order of id.</summary>
    public required SnapshotObject[] Objects { get; init; }

    /// <summary>The frames that objects were given or put right on, in the order of time.</summary>
    public required SnapshotGiven[] Given { get; init; }
}

/// <summary>One object of a snapshot.</summary>
internal sealed record SnapshotObject
{
    /// <summary>Its id.</summary>
    public required int Id { get; init; }

    /// <summary>Frames up to this one are not written for it.</summary>
    public required long Since { get; init; }

    /// <summary>Whether it is paused.</summary>
    public required bool Paused { get; init; }

    /// <summary>Trusted frames in its memory.</summary>
    public required int Trusted { get; init; }

    /// <summary>
    /// Memory pixels of each of them; null in snapshots from before there were windows, whose frames have the network's size.
    /// </summary>
    public int[]? TrustedRows { get; init; }

    /// <summary>Memory pixels of the previous frame; null where they are those of the network's size.</summary>
    public int? PreviousRows { get; init; }

    /// <summary>Whether its memory holds a previous frame.</summary>
    public required bool Previous { get; init; }

    /// <summary>
    /// Whether the file holds what was background on the previous frame; snapshots from before there was
    /// <see cref="MemoryOptions.PreviousBackgroundPenalty"/> do not hold it.
    /// </summary>
    public bool Ground { get; init; }

    /// <summary>Whether pixels of that one are due.</summary>
    public required bool Pending { get; init; }

    /// <summary>How it fares.</summary>
    public required SightHistory Sight { get; init; }

    /// <summary>Where it was in the camera's frame; null in snapshots of whole frames.</summary>
    public BoxHistory? Box { get; init; }

    /// <summary>Updates that were written so far.</summary>
    public required long Updates { get; init; }
}

/// <summary>One frame that objects were given or put right on.</summary>
internal sealed record SnapshotGiven
{
    /// <summary>The objects.</summary>
    public required int[] Ids { get; init; }

    /// <summary>Whether there is a map of what all objects had together on it.</summary>
    public required bool All { get; init; }

    /// <summary>The part of it around the objects at the scale of their window; null where there is none.</summary>
    public SnapshotGiven? Near { get; init; }
}
