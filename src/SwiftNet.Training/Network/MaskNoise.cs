using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Training.Network;

/// <summary>
/// Augments masks on their way into memory with errors that occur in long videos: dilation, erosion, translation, holes, false pieces, and
/// wavy outlines. The network thereby learns to recover from its own errors.
/// </summary>
/// <param name="seed">The step's seed; the same seed makes the same errors.</param>
/// <param name="share">Probability that a mask is augmented, 0 to 1.</param>
internal sealed class MaskNoise(int seed, double share)
{
    private const int LargestShift = 6;
    private static readonly Scalar s_high = 0.2, s_low = -0.2;

    /// <summary>No augmentation.</summary>
    public static MaskNoise None { get; } = new(0, 0);

    /// <summary>Augments soft masks <c>[B, N, H, W]</c> of a frame.</summary>
    public torch.Tensor Apply(torch.Tensor masks, int frame)
    {
        if (share <= 0)
        {
            return masks;
        }

        var random = new Random(unchecked((seed * 31) + frame));
        using var scope = torch.NewDisposeScope();
        var flat = masks.flatten(0, 1).unsqueeze(1);
        var parts = new torch.Tensor[flat.shape[0]];
        for (var i = 0; i < parts.Length; i++)
        {
            var mask = flat.narrow(0, i, 1);
            parts[i] = random.NextDouble() < share ? Damage(mask, random) : mask;
        }

        return torch.cat(parts).view(masks.shape).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Damage(torch.Tensor mask, Random random)
    {
        var width = (2 * random.Next(1, 4)) + 1;
        switch (random.Next(8))
        {
            case 0:
                return Grown(mask, width);
            case 1:
                return Shrunk(mask, width);
            case 2:
                return mask.roll([random.Next(-LargestShift, LargestShift + 1), random.Next(-LargestShift, LargestShift + 1)], [2, 3]);
            case 3:
                return torch.maximum(mask, mask.roll([Far(mask.shape[2], random), Far(mask.shape[3], random)], [2, 3]));
            case 4:
                return Hole(mask, random);
            default:
                return Bulge(mask, random);
        }
    }

    /// <summary>A wavy outline: parts of it move outwards and others inwards, by up to three quarters of a cell.</summary>
    private static torch.Tensor Bulge(torch.Tensor mask, Random random)
    {
        var width = (2 * random.Next(3, 13)) + 1;
        var (rows, columns) = (random.Next(3, 8), random.Next(3, 8));
        var heights = new float[rows * columns];
        for (var i = 0; i < heights.Length; i++)
        {
            heights[i] = (2 * random.NextSingle()) - 1;
        }

        var hills = interpolate(
            torch.tensor(heights, [1, 1, rows, columns]),
            size: [mask.shape[2], mask.shape[3]],
            mode: torch.InterpolationMode.Bilinear,
            align_corners: false);
        return torch.where(hills.gt(s_high), Grown(mask, width), torch.where(hills.lt(s_low), Shrunk(mask, width), mask));
    }

    private static torch.Tensor Grown(torch.Tensor mask, long width) => max_pool2d(mask, [width, width], [1, 1], [width / 2, width / 2]);

    private static torch.Tensor Shrunk(torch.Tensor mask, long width) => Grown(mask.neg(), width).neg();

    private static long Far(long side, Random random) => (long)(side * (0.15 + (0.7 * random.NextDouble())));

    private static torch.Tensor Hole(torch.Tensor mask, Random random)
    {
        var (height, width) = ((int)mask.shape[2], (int)mask.shape[3]);
        var (rows, columns) = (height / random.Next(4, 12), width / random.Next(4, 12));
        var keep = torch.ones_like(mask);
        using var hole = keep.narrow(2, random.Next(height - rows), rows).narrow(3, random.Next(width - columns), columns);
        hole.zero_();
        return mask.mul(keep);
    }
}
