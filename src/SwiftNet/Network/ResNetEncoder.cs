using SwiftNet.Network.Int8;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>What the encoder sees in one frame, computed once and used by match, decoder and memory write alike.</summary>
/// <param name="C1">After the stem, stride 2: <c>[1, 64, H/2, W/2]</c>, rectified.</param>
/// <param name="R2">Stride 4: <c>[1, 64, H/4, W/4]</c>.</param>
/// <param name="R3">Stride 8: <c>[1, 128, H/8, W/8]</c>.</param>
/// <param name="R4">Stride 16: <c>[1, 256, H/16, W/16]</c>.</param>
internal readonly record struct FrameFeatures(torch.Tensor C1, torch.Tensor R2, torch.Tensor R3, torch.Tensor R4)
{
    /// <summary>Takes the tensors out of the current dispose scope; the caller disposes them.</summary>
    public FrameFeatures Detach() =>
        new(C1.DetachFromDisposeScope(), R2.DetachFromDisposeScope(), R3.DetachFromDisposeScope(), R4.DetachFromDisposeScope());

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        C1?.Dispose();
        R2?.Dispose();
        R3?.Dispose();
        R4?.Dispose();
    }
}

/// <summary>ResNet-18 or ResNet-50 up to layer 3. ResNet-50's wider maps are projected to ResNet-18's widths by 1x1 convolutions, so keys
/// stay C/8 and values C/2 with C = 256.</summary>
internal sealed class ResNetEncoder
{
    private readonly Convolution _stem;
    private readonly IResidualBlock[][] _layers;
    private readonly Convolution?[] _projections;
    private readonly string[] _outputs = new string[3];

    /// <summary>Builds the encoder of the given backbone.</summary>
    /// <param name="build">Source of the layers.</param>
    /// <param name="bottleneck">True for ResNet-50.</param>
    /// <param name="strideIn3x3">ResNet-50 only: stride in the block's 3x3 convolution (torchvision's form) instead of its first
    /// 1x1.</param>
    public ResNetEncoder(LayerBuilder build, bool bottleneck, bool strideIn3x3)
    {
        _stem = build.Stem(C1Name, "Encoder.bn1");
        var output = C1Name;
        int[] depths = bottleneck ? [3, 4, 6] : [2, 2, 2];
        _layers = new IResidualBlock[3][];
        _projections = new Convolution?[3];
        for (var layer = 0; layer < 3; layer++)
        {
            _layers[layer] = new IResidualBlock[depths[layer]];
            for (var block = 0; block < depths[layer]; block++)
            {
                var name = $"Encoder.res{layer + 2}.{block}";
                var stride = layer > 0 && block == 0 ? 2 : 1;
                var hasShortcut = block == 0 && (bottleneck || layer > 0);
                _layers[layer][block] = bottleneck
                    ? new BottleneckBlock(build, name, output, stride, hasShortcut, strideIn3x3)
                    : new BasicBlock(build, name, output, stride, hasShortcut);
                output = _layers[layer][block].Output;
            }

            var projection = $"Project.res{layer + 2}";
            _projections[layer] = bottleneck ? build.Convolution(projection, new(output, projection)) : null;
            _outputs[layer] = bottleneck ? projection : output;
        }
    }

    /// <summary>The name of the features at stride 2.</summary>
    public static string C1Name => "Encoder.conv1";

    /// <summary>The name of the features at stride 4.</summary>
    public string R2Name => _outputs[0];

    /// <summary>The name of the features at stride 8.</summary>
    public string R3Name => _outputs[1];

    /// <summary>The name of the features at stride 16.</summary>
    public string R4Name => _outputs[2];

    /// <summary>Encodes a frame as <see cref="FrameInput"/> gives it.</summary>
    public FrameFeatures Forward(torch.Tensor frame)
    {
        var c1 = _stem.Forward(frame.dtype == torch.uint8 ? StridedKernel.Map(frame) : frame, relu: true);
        var x = c1.dtype == torch.uint8 ? Int8Kernels.Shared!.MaxPool(c1) : max_pool2d(c1, [3, 3], [2, 2], [1, 1]);
        var r2 = Run(0, x);
        var r3 = Run(1, r2);
        var r4 = Run(2, r3);
        return new FrameFeatures(c1, Project(0, r2), Project(1, r3), Project(2, r4));
    }

    private torch.Tensor Run(int layer, torch.Tensor x)
    {
        foreach (var block in _layers[layer])
        {
            x = block.Forward(x);
        }

        return x;
    }

    private torch.Tensor Project(int layer, torch.Tensor x) => _projections[layer]?.Forward(x) ?? x;
}
