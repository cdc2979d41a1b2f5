namespace SwiftNet.Live.Pipeline;

/// <summary>Why a frame was dropped.</summary>
internal enum DropCause
{
    /// <summary>A newer one came before preprocess was ready for it.</summary>
    OvertakenBeforePreprocess,

    /// <summary>A newer one came before segment was ready for it.</summary>
    OvertakenBeforeSegment,

    /// <summary>A newer one came before output was ready for it.</summary>
    OvertakenBeforeOutput,

    /// <summary>With pictures that do not wait for their masks: a newer one came before this one could be shown.</summary>
    OvertakenBeforeShow,

    /// <summary>In a fleet: the right to publish had run out, since another box may have the camera.</summary>
    Fenced,
}
