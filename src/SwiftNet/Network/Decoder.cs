using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>Decoder: from stride 16 back to stride 4, helped by the frame's finer features.</summary>
internal sealed class Decoder(LayerBuilder build, string r2 = "", string r3 = "")
{
    private readonly Convolution _entry = build.Convolution("Decoder.convFM", new(Aspp.OutputName, ""));
    private readonly DecoderBlock _entryBlock = new(build, "Decoder.ResMM");
    private readonly Refinement _refine3 = new(build, "Decoder.RF3", r3);
    private readonly Refinement _refine2 = new(build, "Decoder.RF2", r2);
    private readonly Convolution _predict = build.Convolution("Decoder.pred2", new("Decoder.pred2", ""));
    private readonly ActivationCast _cast = build.Cast("Decoder.pred2");

    /// <summary>The part that depends on the frame alone, computed once for all objects: 64 channels at stride 8 and at stride 4.</summary>
    public (torch.Tensor Stride8, torch.Tensor Stride4) Frame(FrameFeatures frame) => (_refine3.Frame(frame.R3), _refine2.Frame(frame.R2));

    /// <summary>Logits (background, object) at stride 4, float32 <c>[N, 2, H/4, W/4]</c>, from joined memory <c>[N, 128, H/16,
    /// W/16]</c>.</summary>
    public torch.Tensor Forward(torch.Tensor memory, torch.Tensor stride8, torch.Tensor stride4)
    {
        using var scope = torch.NewDisposeScope();
        var m4 = _entryBlock.Forward(_entry.ForwardFloat(memory, relu: true));
        var m3 = _refine3.Forward(stride8, m4);
        var m2 = _refine2.Forward(stride4, m3);
        return _predict.ForwardFloat(_cast.Forward(m2.relu_())).to(torch.float32).MoveToOuterDisposeScope();
    }
}

/// <summary>One step from coarse to fine.</summary>
internal sealed class Refinement(LayerBuilder build, string name, string input)
{
    private readonly Convolution _entry = build.Convolution($"{name}.convFS", new(input, ""));
    private readonly DecoderBlock _frameBlock = new(build, $"{name}.ResFS");
    private readonly DecoderBlock _block = new(build, $"{name}.ResMM");

    /// <summary>The frame's branch: <c>[1, 64, h, w]</c>.</summary>
    public torch.Tensor Frame(torch.Tensor features) => _frameBlock.Forward(_entry.ForwardFloat(features, relu: true));

    /// <summary>Joins the frame's branch <c>[1, 64, h, w]</c> with the coarser objects <c>[N, 64, h/2, w/2]</c>.</summary>
    public torch.Tensor Forward(torch.Tensor frame, torch.Tensor coarse)
    {
        var up = interpolate(coarse, scale_factor: [2, 2], mode: torch.InterpolationMode.Bilinear, align_corners: false);
        return _block.Forward(up.add_(frame, Numbers.One).relu_());
    }
}

/// <summary>The decoder's residual block, for an input that is rectified already: the skip carries the rectified one, as the published
/// weights learnt it.</summary>
internal sealed class DecoderBlock(LayerBuilder build, string name)
{
    private readonly ActivationCast _cast = build.Cast(name);
    private readonly Convolution _conv1 = build.Convolution($"{name}.conv1", new(name, $"{name}.conv1"));
    private readonly Convolution _conv2 = build.Convolution($"{name}.conv2", new($"{name}.conv1", ""));

    /// <summary>x ← x + conv2(relu(conv1(x))), of a rectified floating-point x <c>[N, 64, h, w]</c>; returns it.</summary>
    public torch.Tensor Forward(torch.Tensor x) => _conv2.ForwardIntoFloat(_conv1.Forward(_cast.Forward(x), relu: true), x);
}
