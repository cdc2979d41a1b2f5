using SwiftNet.Network.Int8;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>Light-aggregation encoder (paper 3.3): brings an object's mask into the features that the frame already has, so that a memory
/// write needs no second backbone.</summary>
internal sealed class LightAggregationEncoder
{
    /// <summary>Mask pixels a feature pixel: the reversed sub-pixel's factor.</summary>
    private const int Cell = 16;

    // The 7x7 stride-2 convolution on a one-channel mask as a 4x4 stride-1 one on the mask unshuffled by 2: the same
    // sums, but over enough channels to fill a vector. Tap t = -3..3 lies in cell floor(t/2) = -2..1, so the kernel
    // gets a zero row and column in front, and the map 2 cells of zeros before and 1 after.
    private const int PadBefore = 4, PadAfter = 2;

    /// <summary>The name of a mask as an activation.</summary>
    public const string MaskName = "mask";

    /// <summary>The name of the result.</summary>
    public const string OutputName = "LAE.conv_fusion5";

    private static readonly Scalar s_steps = (float)Quantization.Largest;

    private readonly Convolution _mask;
    private readonly Convolution _maskLessOthers;
    private readonly Convolution _all;
    private readonly Convolution _cells;
    private readonly Convolution _cellsLessOthers;
    private readonly Convolution _cellsOfAll;
    private readonly Convolution _fusion1;
    private readonly Convolution _fusion2;
    private readonly Convolution _fusion3;
    private readonly Convolution _fusion4;
    private readonly Convolution _fusion5;

    /// <summary>Builds the encoder.</summary>
    /// <param name="build">Source of the layers.</param>
    /// <param name="r2">The name of the frame's features at stride 4.</param>
    /// <param name="r3">At stride 8.</param>
    /// <param name="r4">At stride 16.</param>
    public LightAggregationEncoder(LayerBuilder build, string r2 = "", string r3 = "", string r4 = "")
    {
        var c1 = ResNetEncoder.C1Name;
        using var scope = torch.NewDisposeScope();
        var mask7 = build.Read("LAE.conv1_m.weight");
        var others7 = build.Read("LAE.conv1_o.weight");
        var mask3 = build.Read("LAE.conv2_m.weight");
        var others3 = build.Read("LAE.conv2_o.weight");
        _mask = build.Rearranged("LAE.conv1_m", Rearrange(mask7, build.Layout), 49 * 64, 0, new(MaskName, "LAE.conv1", c1));
        _maskLessOthers = build.Rearranged(
            "LAE.conv1_m-o", Rearrange(mask7 - others7, build.Layout), 49 * 64, 0, new(MaskName, "LAE.conv1", "LAE.conv1_o"));
        _all = build.Rearranged("LAE.conv1_o", Rearrange(others7, build.Layout), 49 * 64, 0, new(MaskName, "LAE.conv1_o", c1));
        _cells = build.Rearranged("LAE.conv2_m", mask3.alias().DetachFromDisposeScope(), mask3.numel(), 1, new(MaskName, "LAE.conv2", r4));
        _cellsLessOthers = build.Rearranged(
            "LAE.conv2_m-o", (mask3 - others3).DetachFromDisposeScope(), mask3.numel(), 1, new(MaskName, "LAE.conv2", "LAE.conv2_o"));
        _cellsOfAll = build.Rearranged(
            "LAE.conv2_o", others3.alias().DetachFromDisposeScope(), others3.numel(), 1, new(MaskName, "LAE.conv2_o", r4));
        _fusion1 = build.Convolution("LAE.conv_fusion1", new("LAE.conv1", "LAE.conv_fusion1", r2), stride: 2);
        _fusion2 = build.Convolution("LAE.conv_fusion2", new("LAE.conv_fusion1", "LAE.conv_fusion2", r3), stride: 2);
        _fusion3 = build.Convolution("LAE.conv_fusion3", new("LAE.conv_fusion2", "LAE.conv_fusion3", "LAE.conv2"), stride: 2);
        _fusion4 = build.Convolution("LAE.conv_fusion4", new("LAE.conv_fusion3", "LAE.conv_fusion4"));
        _fusion5 = build.Convolution(OutputName, new("LAE.conv_fusion4", OutputName));
    }

    /// <summary>Encodes the objects of a frame.</summary>
    /// <remarks>
    /// The others' mask of an object is what all masks have together (at most 1 a pixel, as soft aggregation and first masks
    /// give it) less its own. So conv_m(m) + conv_o(all − m) = (conv_m − conv_o)(m) + conv_o(all), and the last
    /// term is the same for all objects.
    /// </remarks>
    /// <param name="frame">The frame's features, or those of B frames.</param>
    /// <param name="masks">The objects' soft masks <c>[N, 1, H, W]</c>, zero in the padding; of B frames the same number each, frame by
    /// frame.</param>
    /// <param name="all">The sum of all objects' masks, frame by frame <c>[B, 1, H, W]</c>, at most 1; null where there is one
    /// object.</param>
    /// <returns><c>[N, 256, H/16, W/16]</c>, of the current dispose scope.</returns>
    public torch.Tensor Forward(FrameFeatures frame, torch.Tensor masks, torch.Tensor? all)
    {
        using var scope = torch.NewDisposeScope();
        var (c1, r4) = (frame.C1, frame.R4);
        if (all is not null)
        {
            c1 = _all.ForwardInto(Fine(all, c1.dtype), c1.clone());
            r4 = _cellsOfAll.ForwardInto(Coarse(all, r4.dtype), r4.clone());
        }

        var x = (all is null ? _mask : _maskLessOthers).ForwardInto(Fine(masks, c1.dtype), Repeat(c1, masks), relu: true);
        x = _fusion1.ForwardInto(x, Repeat(frame.R2, masks), relu: true);
        x = _fusion2.ForwardInto(x, Repeat(frame.R3, masks), relu: true);
        var cells = (all is null ? _cells : _cellsLessOthers).ForwardInto(Coarse(masks, r4.dtype), Repeat(r4, masks));
        x = _fusion3.ForwardInto(x, cells, relu: true);
        x = _fusion4.Forward(x, relu: true);
        return _fusion5.Forward(x, relu: true).MoveToOuterDisposeScope();
    }

    /// <summary>Masks <c>[N, 1, H, W]</c> with the kernel's zeros around them, arranged as <see cref="Rearrange"/> needs them, channels
    /// innermost.</summary>
    private static torch.Tensor Fine(torch.Tensor masks, torch.ScalarType type)
    {
        var padded = pad(InFormat(masks, type), [PadBefore, PadAfter, PadBefore, PadAfter]);
        return type == torch.uint8
            ? StridedKernel.Map(padded)
            : pixel_unshuffle(padded, 2).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }

    /// <summary>Masks <c>[N, 1, H, W]</c> unshuffled by 16, channel = 16·row + column in the cell, channels innermost: <c>[N, 256, H/16,
    /// W/16]</c>.</summary>
    private static torch.Tensor Coarse(torch.Tensor masks, torch.ScalarType type)
    {
        var (rows, columns) = (masks.shape[2] / Cell, masks.shape[3] / Cell);
        return InFormat(masks, type).view(-1, rows, Cell, columns, Cell)
            .permute(0, 1, 3, 2, 4)
            .contiguous()
            .view(-1, rows, columns, Cell * Cell)
            .permute(0, 3, 1, 2);
    }

    /// <summary>Probabilities in the features' format; as bytes 255 stands for 1.</summary>
    private static torch.Tensor InFormat(torch.Tensor masks, torch.ScalarType type) =>
        type == torch.uint8 ? masks.mul(s_steps).round_().to(type) : masks.to(type);

    /// <summary>Each frame's features once for each of its objects: the fused kernels add into their result and repeat nothing
    /// themselves.</summary>
    private static torch.Tensor Repeat(torch.Tensor features, torch.Tensor masks)
    {
        var times = (int)(masks.shape[0] / features.shape[0]);
        if (times == 1)
        {
            return features.clone();
        }

        return features.shape[0] == 1
            ? torch.cat(Enumerable.Repeat(features, times).ToArray())
            : features.permute(0, 2, 3, 1).unsqueeze(1).expand(-1, times, -1, -1, -1).flatten(0, 1).permute(0, 3, 1, 2);
    }

    /// <summary><c>[64, 1, 7, 7]</c> to <c>[64, 4, 4, 4]</c>; of an 8-bit network to <c>[64, 16, 4, 1]</c>.</summary>
    private static torch.Tensor Rearrange(torch.Tensor weight, NetworkLayout layout)
    {
        var padded = pad(weight, [1, 0, 1, 0]);
        return (layout.Int8 is null ? pixel_unshuffle(padded, 2) : StridedKernel.Weight(padded)).DetachFromDisposeScope();
    }
}
