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
        var views = torch.cat([_branches[0].Forward(x), _branches[1].Forward(x), _branches[2].Forward(x), _branches[3].Forward(x)], 1);
        return _join.Forward(views.relu_()).relu_().MoveToOuterDisposeScope();
    }
}
