using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Events;

/// <summary>What can happen to an object.</summary>
internal enum ObjectChange
{
    /// <summary>It is seen for the first time.</summary>
    Appeared,

    /// <summary>Its centre is elsewhere.</summary>
    Moved,

    /// <summary>It has not been seen for a while.</summary>
    Lost,

    /// <summary>It was lost and is seen again.</summary>
    Recovered,
}

/// <summary>Something that happened to an object.</summary>
/// <param name="Change">What.</param>
/// <param name="Id">To which.</param>
/// <param name="Frame">On which frame it was noticed.</param>
/// <param name="Time">When that was captured.</param>
/// <param name="Extent">Where the object is or, when it is lost, where it was seen last.</param>
/// <param name="Confidence">Its confidence on that frame; 0 when it is lost.</param>
internal readonly record struct ObjectEvent(ObjectChange Change, byte Id, long Frame, DateTimeOffset Time, Extent Extent, float Confidence)
{
    /// <summary>What the objects are called and drawn in; null where nothing was given.</summary>
    public ObjectLooks? Looks { get; init; }
}
