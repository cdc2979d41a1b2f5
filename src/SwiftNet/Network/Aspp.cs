using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Atrous spatial pyramid pooling behind the memory read: four views of growing width, joined.</summary>
internal sealed class Aspp(LayerBuilder build)
{
    private readonly Convolution[] _branches =
    [
        build.Convolution("aspp.aspp1.atrous_conv"),
        build.Convolution("aspp.aspp2.atrous_conv", dilation: 2),
        build.Convolution("aspp.aspp3.atrous_conv", dilation: 4),
        build.Convolution("aspp.aspp4.atrous_conv", dilation: 8),
    ];

    private readonly Convolution _join = build.Convolution("aspp.conv1");

    /// <summary>Maps memory read and query value <c>[N, 256, h, w]</c> to <c>[N, 128, h, w]</c>.</summary>
    public torch.Tensor Forward(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var views = torch.cat([Branch(0, x), Branch(1, x), Branch(2, x), Branch(3, x)], 1);
        return _join.Forward(views, relu: true).MoveToOuterDisposeScope();
    }

    private torch.Tensor Branch(int number, torch.Tensor x) => _branches[number].Forward(x, relu: true);
}
