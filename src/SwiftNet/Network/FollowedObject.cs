using SwiftNet.Sights;

namespace SwiftNet.Network;

/// <summary>One object that a video follows, apart from what memory holds of it.</summary>
/// <param name="id">The object's id.</param>
/// <param name="since">The frame of the last step when it was given.</param>
internal sealed class FollowedObject(byte id, long since)
{
    /// <summary>The object's id.</summary>
    public byte Id { get; } = id;

    /// <summary>Frames up to this one are not written for it: its memory began, or was put right, after them, or its mask on them is not
    /// believed.</summary>
    public long Since { get; set; } = since;

    /// <summary>Whether it is left alone: neither segmented nor written.</summary>
    public bool Paused { get; set; }

    /// <summary>How it fares.</summary>
    public ObjectSight Sight { get; init; } = new();
}
