using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>Kinds of object events.</summary>
internal enum ObjectChange
{
    /// <summary>The object is visible for the first time.</summary>
    Appeared,

    /// <summary>The object's centre has moved.</summary>
    Moved,

    /// <summary>The object has not been visible for a while.</summary>
    Lost,

    /// <summary>The object was lost and is visible again.</summary>
    Recovered,
}

/// <summary>An object event.</summary>
/// <param name="Change">The kind of event.</param>
/// <param name="Id">The object's id.</param>
/// <param name="Frame">Number of the frame that triggered the event.</param>
/// <param name="Time">The frame's capture time.</param>
/// <param name="Extent">The object's extent; for a lost object its last known extent.</param>
/// <param name="Confidence">The object's confidence in that frame; 0 if lost.</param>
internal readonly record struct ObjectEvent(ObjectChange Change, byte Id, long Frame, DateTimeOffset Time, Extent Extent, float Confidence)
{
    /// <summary>Names and colours of the objects; null = none set.</summary>
    public ObjectStyles? Looks { get; init; }
}
