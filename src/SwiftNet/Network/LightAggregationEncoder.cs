using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>Light-aggregation encoder (paper 3.3): brings an object's mask into the features that the frame already has, so that a memory write needs no second backbone.</summary>
internal sealed class LightAggregationEncoder
{
    /// <summary>Mask pixels a feature pixel: the reversed sub-pixel's factor.</summary>
    private const int Cell = 16;

    // The 7x7 stride-2 convolution on a one-channel mask as a 4x4 stride-1 one on the mask unshuffled by 2: the same
    // sums, but over enough channels to fill a vector. Tap t = -3..3 lies in cell floor(t/2) = -2..1, so the kernel
    // gets a zero row and column in front, and the map 2 cells of zeros before and 1 after.
    private const int PadBefore = 4, PadAfter = 2;

    private readonly Convolution _one;
    private readonly Convolution _oneOfSeveral;
    private readonly Convolution _cells;
    private readonly Convolution _cellsOfSeveral;
    private readonly Convolution _fusion1;
    private readonly Convolution _fusion2;
    private readonly Convolution _fusion3;
    private readonly Convolution _fusion4;
    private readonly Convolution _fusion5;

    /// <summary>Builds the encoder.</summary>
    public LightAggregationEncoder(LayerBuilder build)
    {
        using var scope = torch.NewDisposeScope();
        var mask7 = build.Read("LAE.conv1_m.weight");
        var others7 = build.Read("LAE.conv1_o.weight");
        var mask3 = build.Read("LAE.conv2_m.weight");
        var others3 = build.Read("LAE.conv2_o.weight");
        _one = build.Rearranged("LAE.conv1_m", Unshuffle(mask7), 49 * 64, 0);
        _oneOfSeveral = build.Rearranged("LAE.conv1_m+o", Unshuffle(torch.cat([mask7, others7], 1)), 2 * 49 * 64, 0);
        _cells = build.Rearranged("LAE.conv2_m", mask3.alias().DetachFromDisposeScope(), mask3.numel(), 1);
        _cellsOfSeveral = build.Rearranged("LAE.conv2_m+o", torch.cat([mask3, others3], 1).DetachFromDisposeScope(), 2 * mask3.numel(), 1);
        _fusion1 = build.Convolution("LAE.conv_fusion1", stride: 2);
        _fusion2 = build.Convolution("LAE.conv_fusion2", stride: 2);
        _fusion3 = build.Convolution("LAE.conv_fusion3", stride: 2);
        _fusion4 = build.Convolution("LAE.conv_fusion4");
        _fusion5 = build.Convolution("LAE.conv_fusion5");
    }

    /// <summary>Encodes the objects of a frame.</summary>
    /// <param name="frame">The frame's features.</param>
    /// <param name="masks">The objects' soft masks <c>[N, 1, H, W]</c>, zero in the padding.</param>
    /// <param name="others">For each object the others' masks <c>[N, 1, H, W]</c>; null where there are none (a convolution of zeros is left out).</param>
    /// <returns><c>[N, 256, H/16, W/16]</c>, of the current dispose scope.</returns>
    public torch.Tensor Forward(FrameFeatures frame, torch.Tensor masks, torch.Tensor? others)
    {
        using var scope = torch.NewDisposeScope();
        var both = others is null ? masks : torch.cat([masks, others], 1);
        var fine = pixel_unshuffle(pad(both, [PadBefore, PadAfter, PadBefore, PadAfter]), 2);
        var coarse = pixel_unshuffle(both, Cell);
        fine = fine.to(frame.C1.dtype).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        coarse = coarse.to(frame.C1.dtype).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

        var x = (others is null ? _one : _oneOfSeveral).Forward(fine, relu: true, frame.C1);
        x = _fusion1.Forward(x, relu: true, frame.R2);
        x = _fusion2.Forward(x, relu: true, frame.R3);
        var mask = (others is null ? _cells : _cellsOfSeveral).Forward(coarse, relu: false, frame.R4);
        x = _fusion3.ForwardInto(x, mask, relu: true);
        x = _fusion4.Forward(x, relu: true);
        return _fusion5.Forward(x, relu: true).MoveToOuterDisposeScope();
    }

    /// <summary><c>[64, c, 7, 7]</c> to <c>[64, 4c, 4, 4]</c>.</summary>
    private static torch.Tensor Unshuffle(torch.Tensor weight) =>
        pixel_unshuffle(pad(weight, [1, 0, 1, 0]), 2).DetachFromDisposeScope();
}
