using TorchSharp;

namespace SwiftNet.Network;

/// <summary>What a memory write needs of a frame: no second backbone, and the masks as they were found.</summary>
/// <param name="Frame">Its number.</param>
/// <param name="Due">Why it is to be written; none where it serves as the previous frame alone.</param>
/// <param name="Features">Its features.</param>
/// <param name="Probabilities">The objects' aggregated probabilities, float32 <c>[N, h, w]</c>.</param>
internal readonly record struct UnwrittenFrame(long Frame, WriteReason Due, FrameFeatures Features, torch.Tensor Probabilities)
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Features.Dispose();
        Probabilities.Dispose();
    }
}
