using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Training.Network;

/// <summary>
/// A simulated user prompt: a rough mask, and the few cells in which the mask is trusted. The network learns to segment
/// the object in the same picture from it, as the service does when an object is selected by a box or by points.
/// </summary>
/// <param name="Masks">Rough masks, 0 or 1, <c>[B, N, H, W]</c>.</param>
/// <param name="AffinityBias">Added to each cell's affinity: 0 where the mask is trusted, else a large negative value that removes the cell
/// from memory; float32 <c>[B·N, 1, h·w]</c>.</param>
internal sealed record PromptSimulation(torch.Tensor Masks, torch.Tensor AffinityBias)
{
    private const int CellSide = HintedPicture.CellSide;
    private const double LeastKept = 0.05, MostKept = 0.6, LeastAround = 0.2;

    // A cell counts as inside if its share of the object is at least this fraction of the best cell's; small objects fill no cell.
    private static readonly Scalar s_inside = 0.75;
    private static readonly Scalar s_untrusted = -1e4;
    private static readonly Scalar s_least = 1e-6;

    /// <summary>Draws prompts, in the current dispose scope.</summary>
    /// <param name="masks">The objects, 0 or 1, <c>[B, N, H, W]</c>.</param>
    /// <param name="random">Decides which cells are trusted, and how rough the masks are.</param>
    public static PromptSimulation Draw(torch.Tensor masks, Random random)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var flat = masks.flatten(0, 1).unsqueeze(1);
        var (rough, bias) = (new torch.Tensor[flat.shape[0]], new torch.Tensor[flat.shape[0]]);
        for (var i = 0; i < rough.Length; i++)
        {
            (rough[i], bias[i]) = DrawObject(flat.narrow(0, i, 1), random);
        }

        return new PromptSimulation(
            torch.cat(rough).view(masks.shape).MoveToOuterDisposeScope(), torch.cat(bias).MoveToOuterDisposeScope());
    }

    /// <summary>The prompt for one object: <c>[1, 1, H, W]</c> and <c>[1, 1, h·w]</c>.</summary>
    private static (torch.Tensor Rough, torch.Tensor Bias) DrawObject(torch.Tensor mask, Random random)
    {
        var share = avg_pool2d(mask, [CellSide, CellSide]);
        var most = share.amax([2, 3], keepdim: true);
        var inside = share.ge(most.mul(s_inside).clamp_min(s_least));
        var chance = Noise(share, random);

        // The best cell is always trusted: a user clicks there.
        using var keptShare = Share(random, LeastKept, MostKept);
        var kept = inside.logical_and(chance.lt(keptShare).logical_or(share.mul(inside).eq(most).logical_and(inside)));
        torch.Tensor rough, outside;
        if (random.Next(2) == 0)
        {
            // A box: the mask is the box, and all cells outside are trusted.
            rough = BoxOf(mask);
            outside = max_pool2d(rough, [CellSide, CellSide], [CellSide, CellSide]).lt(s_inside);
        }
        else
        {
            // Points: the mask consists of the trusted cells only, and some cells outside are trusted.
            rough = kept.to(torch.float32).repeat_interleave(CellSide, 2).repeat_interleave(CellSide, 3);
            var near = max_pool2d(share, [3, 3], [1, 1], [1, 1]).gt(Numbers.Zero);
            using var aroundShare = Share(random, LeastAround, 1);
            outside = near.logical_not().logical_and(Noise(share, random).lt(aroundShare));
        }

        var known = kept.logical_or(outside);
        known = known.logical_or(known.any().logical_not());
        return (rough, known.logical_not().to(torch.float32).mul(s_untrusted).flatten(2).view(1, 1, -1));
    }

    private static torch.Tensor BoxOf(torch.Tensor mask)
    {
        var (rows, columns) = (mask.amax([3], keepdim: true), mask.amax([2], keepdim: true));
        return Between(rows, 2).mul(Between(columns, 3));
    }

    /// <summary>1 between the first and the last 1 along an axis, inclusive.</summary>
    private static torch.Tensor Between(torch.Tensor line, long axis) =>
        line.cummax(axis).values.mul(line.flip(axis).cummax(axis).values.flip(axis));

    private static Scalar Share(Random random, double least, double most) => least + ((most - least) * random.NextDouble());

    private static torch.Tensor Noise(torch.Tensor like, Random random)
    {
        var noise = new float[like.numel()];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = random.NextSingle();
        }

        return torch.tensor(noise, like.shape);
    }
}
