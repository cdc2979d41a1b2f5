using TorchSharp;

namespace SwiftNet.Memory;

/// <summary>Variation-aware trigger (paper 3.2.1): says when enough of the picture or of the masks has changed for a memory
/// write.</summary>
/// <remarks>The formulas have no absolute value; without it a darkening pixel would never count, so it is taken.</remarks>
internal sealed class VariationTrigger(double frameThreshold, double maskThreshold, double areaShare)
{
    private Scalar _frameThreshold = frameThreshold;
    private Scalar _maskThreshold = maskThreshold;
    private double _areaShare = areaShare;

    /// <summary>P, in pixels.</summary>
    public long Varied { get; set; }

    /// <summary>P as a share of the area, before a due frame reset it.</summary>
    public double Share { get; private set; }

    /// <summary>Counts the pixels with D_f &gt; th_f or D_m &gt; th_m, on the device: the number comes to the host with the mask.</summary>
    /// <param name="frame">R, G, B in [0, 1], <c>[3, h, w]</c>, no padding.</param>
    /// <param name="previousFrame">The frame before.</param>
    /// <param name="masks">The objects' aggregated probabilities, <c>[N, h, w]</c>.</param>
    /// <param name="previousMasks">The same objects' on the frame before.</param>
    /// <returns>A float32 tensor <c>[1]</c> of the current dispose scope.</returns>
    public torch.Tensor Count(torch.Tensor frame, torch.Tensor previousFrame, torch.Tensor masks, torch.Tensor previousMasks)
    {
        using var scope = torch.NewDisposeScope();
        var varied = frame.sub(previousFrame).abs_().sum(dim: 0).gt(_frameThreshold);
        var maskChange = masks.sub(previousMasks).abs_();
        maskChange = maskChange.shape[0] == 1 ? maskChange[0] : maskChange.amax([0]);
        return varied.logical_or_(maskChange.gt(_maskThreshold)).sum(torch.ScalarType.Float32).reshape(1).MoveToOuterDisposeScope();
    }

    /// <summary>Adds a frame's count to P; when P exceeds P_th the frame is due and P starts again.</summary>
    /// <param name="varied">Pixels that varied.</param>
    /// <param name="area">Pixels in all.</param>
    public bool IsDue(long varied, long area)
    {
        Varied += varied;
        Share = (double)Varied / area;
        if (Share <= _areaShare)
        {
            return false;
        }

        Varied = 0;
        return true;
    }

    /// <summary>Changes th_f, th_m and P_th; P stays as it is.</summary>
    public void Change(double frameThreshold, double maskThreshold, double areaShare) =>
        (_frameThreshold, _maskThreshold, _areaShare) = (frameThreshold, maskThreshold, areaShare);

    /// <summary>Frames have another size from now on: P keeps its share of the area.</summary>
    public void Resize(long area, long newArea) => Varied = (long)((double)Varied / area * newArea);

    /// <summary>Goes on from where another has come to.</summary>
    public void Take(VariationTrigger other) => (Varied, Share) = (other.Varied, other.Share);

    /// <summary>A video begins, with half of P_th counted: from nothing, a first write would come later than as many writes at random times
    /// do, on average.</summary>
    /// <param name="area">Pixels of a frame.</param>
    public void Begin(long area)
    {
        Share = _areaShare / 2;
        Varied = (long)(Share * area);
    }
}
