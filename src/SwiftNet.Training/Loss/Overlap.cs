using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Training.Loss;

/// <summary>Mean intersection over union of hard masks, of all and of small objects, for the log.</summary>
internal sealed class Overlap
{
    /// <summary>Largest share of the picture of a small object.</summary>
    public const double SmallShare = 0.01;

    private double _sum, _smallSum;
    private int _count, _smallCount;

    /// <summary>Mean of all objects, 0 to 1; NaN without objects.</summary>
    public double Mean => _sum / _count;

    /// <summary>Mean of small objects, 0 to 1; NaN without any.</summary>
    public double SmallMean => _smallSum / _smallCount;

    /// <summary>Adds a frame.</summary>
    /// <param name="odds">Log-odds <c>[B, N + 1, H, W]</c>.</param>
    /// <param name="masks">Ground truth, <c>[B, N, H, W]</c>.</param>
    public void Add(torch.Tensor odds, torch.Tensor masks)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var objects = odds.narrow(1, 1, masks.shape[1]);
        var found = objects.ge(odds.amax([1], keepdim: true)).to(torch.float32);
        var truth = masks.sum([2, 3]);
        var both = found.mul(masks).sum([2, 3]);
        var either = found.sum([2, 3]).add(truth, Numbers.One).sub(both);
        var (truths, boths, eithers) = (truth.data<float>(), both.data<float>(), either.data<float>());
        for (var i = 0; i < truths.Count; i++)
        {
            if (truths[i] > 0)
            {
                Add(boths[i] / eithers[i], truths[i] / (masks.shape[2] * masks.shape[3]));
            }
        }
    }

    private void Add(double value, double share)
    {
        (_sum, _count) = (_sum + value, _count + 1);
        if (share < SmallShare)
        {
            (_smallSum, _smallCount) = (_smallSum + value, _smallCount + 1);
        }
    }
}
