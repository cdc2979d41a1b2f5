using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Training.Loss;

/// <summary>What is to become small: bootstrapped cross-entropy and soft Jaccard, both on the aggregated probabilities.</summary>
internal static class ClipLoss
{
    private static readonly Scalar s_one = 1.0;

    /// <summary>The mean cross-entropy of each picture's worst pixels.</summary>
    /// <param name="odds">Log-odds <c>[B, N + 1, H, W]</c>.</param>
    /// <param name="truth">int64 <c>[B, H, W]</c>.</param>
    /// <param name="share">The share of pixels that counts, above 0 to 1.</param>
    public static torch.Tensor CrossEntropy(torch.Tensor odds, torch.Tensor truth, double share)
    {
        using var scope = torch.NewDisposeScope();
        var all = cross_entropy(odds, truth, reduction: torch.nn.Reduction.None).flatten(1);
        var count = Math.Max(1, (int)(all.shape[1] * share));
        return all.topk(count, 1, sorted: false).values.mean().MoveToOuterDisposeScope();
    }

    /// <summary>1 − intersection over union of the soft masks, the mean of all objects that are in the picture.</summary>
    /// <param name="odds">Log-odds <c>[B, N + 1, H, W]</c>.</param>
    /// <param name="masks">The truth, <c>[B, N, H, W]</c>, 0 or 1.</param>
    public static torch.Tensor Jaccard(torch.Tensor odds, torch.Tensor masks)
    {
        using var scope = torch.NewDisposeScope();
        var found = odds.softmax(1).narrow(1, 1, masks.shape[1]);
        var area = masks.sum([2, 3]);
        var both = found.mul(masks).sum([2, 3]);
        var either = found.sum([2, 3]).add(area, Numbers.One).sub(both).clamp_min(s_one);
        var present = area.gt(Numbers.Zero).to(torch.float32);
        var lost = both.div(either).neg().add(s_one, Numbers.One).mul(present);
        return lost.sum().div(present.sum().clamp_min(s_one)).MoveToOuterDisposeScope();
    }
}
