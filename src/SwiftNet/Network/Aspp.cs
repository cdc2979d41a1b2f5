using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Atrous spatial pyramid pooling behind the memory read: four views of growing width, joined.</summary>
internal sealed class Aspp(LayerBuilder build)
{
    /// <summary>The name of the result.</summary>
    public const string OutputName = "aspp.conv1";

    private const string InputName = "aspp";

    // The branches are joined, so they share a range.
    private const string ViewsName = "aspp.views";

    private static readonly ActivationNames s_branch = new(InputName, ViewsName);

    private readonly ActivationCast _cast = build.Cast(InputName);

    private readonly Convolution[] _branches =
    [
        build.Convolution("aspp.aspp1.atrous_conv", s_branch),
        build.Convolution("aspp.aspp2.atrous_conv", s_branch, dilation: 2),
        build.Convolution("aspp.aspp3.atrous_conv", s_branch, dilation: 4),
        build.Convolution("aspp.aspp4.atrous_conv", s_branch, dilation: 8),
    ];

    private readonly Convolution _join = build.Convolution(OutputName, new(ViewsName, OutputName));

    /// <summary>Maps memory read and query value <c>[N, 256, h, w]</c> to <c>[N, 128, h, w]</c>, in the network's format.</summary>
    public torch.Tensor Forward(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        x = _cast.Forward(x);
        var views = torch.cat([Branch(0, x), Branch(1, x), Branch(2, x), Branch(3, x)], 1);
        return _join.Forward(views, relu: true).MoveToOuterDisposeScope();
    }

    private torch.Tensor Branch(int number, torch.Tensor x) => _branches[number].Forward(x, relu: true);
}
