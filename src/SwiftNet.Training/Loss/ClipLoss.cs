using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Training.Loss;

/// <summary>
/// Loss terms on the aggregated probabilities: cross-entropy of the worst pixels, cross-entropy near outlines, and soft Jaccard.
/// </summary>
internal static class ClipLoss
{
    private static readonly Scalar s_one = 1.0;

    /// <summary>Cross-entropy of each pixel, <c>[B, H, W]</c>, 0 where the loss mask is 0.</summary>
    /// <param name="odds">Log-odds <c>[B, N + 1, H, W]</c>.</param>
    /// <param name="truth">int64 <c>[B, H, W]</c>.</param>
    /// <param name="lossMask">1 where a pixel counts, else 0, <c>[B, H, W]</c>; null = all pixels count.</param>
    public static torch.Tensor Pixels(torch.Tensor odds, torch.Tensor truth, torch.Tensor? lossMask)
    {
        using var scope = torch.NewDisposeScope();
        var all = cross_entropy(odds, truth, reduction: torch.nn.Reduction.None);
        return (lossMask is null ? all : all.mul(lossMask)).MoveToOuterDisposeScope();
    }

    /// <summary>Mean cross-entropy of the worst pixels of each picture.</summary>
    /// <param name="pixels">See <see cref="Pixels"/>.</param>
    /// <param name="share">Share of pixels that count, above 0, up to 1.</param>
    public static torch.Tensor Worst(torch.Tensor pixels, double share)
    {
        using var scope = torch.NewDisposeScope();
        var flat = pixels.flatten(1);
        var count = Math.Max(1, (int)(flat.shape[1] * share));
        return flat.topk(count, 1, sorted: false).values.mean().MoveToOuterDisposeScope();
    }

    /// <summary>Mean cross-entropy of pixels near outlines; 0 without outlines.</summary>
    /// <param name="pixels">See <see cref="Pixels"/>.</param>
    /// <param name="masks">Ground truth, <c>[B, N, H, W]</c>, 0 or 1.</param>
    /// <param name="lossMask">See <see cref="Pixels"/>.</param>
    /// <param name="width">Distance in pixels.</param>
    public static torch.Tensor Boundary(torch.Tensor pixels, torch.Tensor masks, torch.Tensor? lossMask, int width)
    {
        using var scope = torch.NewDisposeScope();
        var near = Near(masks, width);
        near = lossMask is null ? near : near.mul(lossMask);
        return pixels.mul(near).sum().div(near.sum().clamp_min(s_one)).MoveToOuterDisposeScope();
    }

    /// <summary>1 − intersection over union of the soft masks, averaged over all objects present in the picture.</summary>
    /// <param name="odds">Log-odds <c>[B, N + 1, H, W]</c>.</param>
    /// <param name="masks">Ground truth, <c>[B, N, H, W]</c>, 0 or 1.</param>
    /// <param name="lossMask">See <see cref="Pixels"/>.</param>
    public static torch.Tensor Jaccard(torch.Tensor odds, torch.Tensor masks, torch.Tensor? lossMask = null)
    {
        using var scope = torch.NewDisposeScope();
        var found = odds.softmax(1).narrow(1, 1, masks.shape[1]);
        if (lossMask is not null)
        {
            var each = lossMask.unsqueeze(1);
            (found, masks) = (found.mul(each), masks.mul(each));
        }

        var area = masks.sum([2, 3]);
        var both = found.mul(masks).sum([2, 3]);
        var either = found.sum([2, 3]).add(area, Numbers.One).sub(both).clamp_min(s_one);
        var present = area.gt(Numbers.Zero).to(torch.float32);
        var lost = both.div(either).neg().add(s_one, Numbers.One).mul(present);
        return lost.sum().div(present.sum().clamp_min(s_one)).MoveToOuterDisposeScope();
    }

    /// <summary>1 within the given distance of any object's outline, else 0, <c>[B, H, W]</c>.</summary>
    private static torch.Tensor Near(torch.Tensor masks, int width)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var grown = Grown(masks, width);
        var shrunk = Grown(masks.neg(), width).neg();
        return grown.sub(shrunk).amax([1]).MoveToOuterDisposeScope();
    }

    // Separable: columns, then rows.
    private static torch.Tensor Grown(torch.Tensor masks, int width) =>
        max_pool2d(max_pool2d(masks, [1, (2 * width) + 1], [1, 1], [0, width]), [(2 * width) + 1, 1], [1, 1], [width, 0]);
}
