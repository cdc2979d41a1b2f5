using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class KeyValueHeadTests
{
    [Theory]
    [InlineData("KV_M_r4", true)]
    [InlineData("KV_Q_r4", true)]
    [InlineData("KV_M_r4", false)]
    public void Keys_and_values_are_those_of_two_separate_convolutions_pixel_by_pixel(string name, bool fast)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var layout = fast ? NetworkWeights.Fast : NetworkWeights.Plain;
        using var layers = NetworkWeights.ResNet18.Layers(layout);
        PlainMap[] objects = [PlainMap.Random(256, 3, 5, 1), PlainMap.Random(256, 3, 5, 2)];

        var found = new KeyValueHead(layers.Build, name).Forward(PlainMap.Tensor(layout.ChannelsLast, objects));

        Assert.Equal([2, 15, 32], found.Keys.shape);
        Assert.Equal([2, 15, 128], found.Values.shape);
        for (var n = 0; n < 2; n++)
        {
            var (keys, values) = new PlainNetwork(NetworkWeights.ResNet18).Head(objects[n], name);
            PlainMap.AssertClose(keys, found.Keys.transpose(1, 2).reshape(2, 32, 3, 5), 1e-5, n);
            PlainMap.AssertClose(values, found.Values.transpose(1, 2).reshape(2, 128, 3, 5), 1e-5, n);
        }
    }

    [Fact]
    public void Keys_are_float32_whatever_the_precision()
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var layers = NetworkWeights.ResNet18.Layers(NetworkWeights.Fast with { Type = torch.ScalarType.BFloat16 });

        var found = new KeyValueHead(layers.Build, "KV_M_r4").Forward(
            PlainMap.Tensor(true, PlainMap.Random(256, 3, 5, 1)).to(torch.bfloat16));

        Assert.Equal(torch.float32, found.Keys.dtype);
        Assert.Equal(torch.bfloat16, found.Values.dtype);
    }
}
