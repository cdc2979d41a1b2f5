using TorchSharp;

namespace SwiftNet.Network;

/// <summary>A residual block of the backbone.</summary>
internal interface IResidualBlock
{
    /// <summary>The name of its result.</summary>
    string Output { get; }

    /// <summary>Maps <c>[1, in, h, w]</c> to <c>[1, out, h/stride, w/stride]</c>, rectified. Without a shortcut convolution the result
    /// takes the place of <paramref name="x"/>.</summary>
    torch.Tensor Forward(torch.Tensor x);
}

/// <summary>ResNet-18's block: two 3x3 convolutions.</summary>
internal sealed class BasicBlock(LayerBuilder build, string name, string input, int stride, bool hasShortcut) : IResidualBlock
{
    private readonly Convolution _conv1 = build.Normalised($"{name}.conv1", $"{name}.bn1", new(input, $"{name}.conv1"), stride);

    private readonly Convolution _conv2 =
        build.Normalised(
            $"{name}.conv2", $"{name}.bn2", new($"{name}.conv1", $"{name}.conv2", hasShortcut ? $"{name}.downsample.0" : input));

    private readonly Convolution? _shortcut =
        hasShortcut ? build.Normalised($"{name}.downsample.0", $"{name}.downsample.1", new(input, $"{name}.downsample.0"), stride) : null;

    /// <inheritdoc/>
    public string Output => $"{name}.conv2";

    /// <inheritdoc/>
    public torch.Tensor Forward(torch.Tensor x) =>
        _conv2.ForwardInto(_conv1.Forward(x, relu: true), _shortcut?.Forward(x) ?? x, relu: true);
}

/// <summary>ResNet-50's block: 1x1, 3x3, 1x1.</summary>
internal sealed class BottleneckBlock(
    LayerBuilder build, string name, string input, int stride, bool hasShortcut, bool strideIn3x3) : IResidualBlock
{
    private readonly Convolution _conv1 = build.Normalised(
        $"{name}.conv1", $"{name}.bn1", new(input, $"{name}.conv1"), strideIn3x3 ? 1 : stride);

    private readonly Convolution _conv2 =
        build.Normalised($"{name}.conv2", $"{name}.bn2", new($"{name}.conv1", $"{name}.conv2"), strideIn3x3 ? stride : 1);

    private readonly Convolution _conv3 =
        build.Normalised(
            $"{name}.conv3", $"{name}.bn3", new($"{name}.conv2", $"{name}.conv3", hasShortcut ? $"{name}.downsample.0" : input));

    private readonly Convolution? _shortcut =
        hasShortcut ? build.Normalised($"{name}.downsample.0", $"{name}.downsample.1", new(input, $"{name}.downsample.0"), stride) : null;

    /// <inheritdoc/>
    public string Output => $"{name}.conv3";

    /// <inheritdoc/>
    public torch.Tensor Forward(torch.Tensor x)
    {
        var y = _conv2.Forward(_conv1.Forward(x, relu: true), relu: true);
        return _conv3.ForwardInto(y, _shortcut?.Forward(x) ?? x, relu: true);
    }
}
