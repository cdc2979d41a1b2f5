namespace SwiftNet.Network;

/// <summary>What a memory write needs of a frame: no second backbone, and the masks as they were found.</summary>
/// <param name="Frame">Its number.</param>
/// <param name="Due">Why it is to be written; none where it serves as the previous frame alone.</param>
/// <param name="Features">Its features.</param>
/// <param name="Masks">The masks of the objects that were segmented on it.</param>
internal readonly record struct UnwrittenFrame(long Frame, WriteReason Due, FrameFeatures Features, SoftMasks Masks)
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Features.Dispose();
        Masks.Maps.Dispose();
    }
}
