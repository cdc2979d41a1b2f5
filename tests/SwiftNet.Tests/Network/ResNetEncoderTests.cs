using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class ResNetEncoderTests
{
    [Theory]
    [InlineData(false, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(true, false, false)]
    public void Every_map_is_what_layer_after_layer_gives(bool bottleneck, bool strideIn3x3, bool fast)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = bottleneck ? NetworkWeights.ResNet50 : NetworkWeights.ResNet18;
        var frame = PlainMap.Random(3, 32, 48, 3);
        var layout = fast ? NetworkWeights.Fast : NetworkWeights.Plain;
        using var layers = weights.Layers(layout);

        var found = new ResNetEncoder(layers.Build, bottleneck, strideIn3x3).Forward(PlainMap.Tensor(layout.ChannelsLast, frame));

        var expected = new PlainNetwork(weights, bottleneck, strideIn3x3).Encode(frame);
        PlainMap.AssertClose(expected.C1, found.C1, 1e-4);
        PlainMap.AssertClose(expected.R2, found.R2, 1e-4);
        PlainMap.AssertClose(expected.R3, found.R3, 1e-4);
        PlainMap.AssertClose(expected.R4, found.R4, 1e-4);
    }

    [Fact]
    public void The_two_places_of_the_stride_differ()
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var layers = NetworkWeights.ResNet50.Layers(NetworkWeights.Fast);
        var frame = PlainMap.Tensor(true, PlainMap.Random(3, 32, 32, 4));

        var in3x3 = new ResNetEncoder(layers.Build, bottleneck: true, strideIn3x3: true).Forward(frame).R4;
        var in1x1 = new ResNetEncoder(layers.Build, bottleneck: true, strideIn3x3: false).Forward(frame).R4;

        Assert.True(in3x3.sub(in1x1).abs().max().item<float>() > 0.01f);
    }
}
