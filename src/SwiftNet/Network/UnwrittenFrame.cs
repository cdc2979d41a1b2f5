using TorchSharp;

namespace SwiftNet.Network;

/// <summary>What a memory write needs of a frame: no second backbone, and the masks as they were found.</summary>
/// <param name="Frame">Its number.</param>
/// <param name="Due">Why it is to be written; none where it serves as the previous frame alone.</param>
/// <param name="Features">Its features.</param>
/// <param name="Masks">The masks of the objects that were segmented on it.</param>
/// <param name="Certain">Where memory may learn of each of them, float32 <c>[N, h·w, 1]</c>, 1 or 0; null for everywhere.</param>
internal readonly record struct UnwrittenFrame(long Frame, WriteReason Due, FrameFeatures Features, SoftMasks Masks, torch.Tensor? Certain)
{
    /// <summary>The same of some of the objects, in the order given. Of the current dispose scope.</summary>
    public torch.Tensor? CertainOf(byte[] ids)
    {
        if (Certain is not { } certain || ReferenceEquals(ids, Masks.Ids))
        {
            return Certain;
        }

        using var scope = torch.NewDisposeScope();
        var all = Masks.Ids;
        return torch.stack(Array.ConvertAll(ids, id => certain[Array.IndexOf(all, id)])).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Features.Dispose();
        Masks.Maps.Dispose();
        Certain?.Dispose();
    }
}
