using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class AsppTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Four_dilated_views_are_rectified_joined_and_mixed(bool fast)
    {
        // Wider than the widest dilation, so that every tap meets both map and border.
        PlainMap[] objects = [PlainMap.Random(256, 10, 12, 1), PlainMap.Random(256, 10, 12, 2)];

        Check(NetworkWeights.ResNet18, fast, objects, found =>
        {
            for (var n = 0; n < objects.Length; n++)
            {
                PlainMap.AssertClose(new PlainNetwork(NetworkWeights.ResNet18).Aspp(objects[n]), found, 1e-5, n);
            }
        });
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    public void A_branch_reaches_as_far_as_its_dilation(int branch, int dilation)
    {
        // The branch's first channel takes the tap at the upper left; the mix lets that channel alone through.
        var tap = new float[128 * 256 * 9];
        tap[0] = 1;
        var mix = new float[128 * 512];
        mix[(branch - 1) * 128] = 1;
        var weights = NetworkWeights.Filled(Backbone.ResNet18, (_, _) => 0)
            .With($"aspp.aspp{branch}.atrous_conv.weight", StoredTensor.From(tap, 128, 256, 3, 3))
            .With("aspp.conv1.weight", StoredTensor.From(mix, 128, 512, 1, 1));
        var dot = new PlainMap(256, 20, 20);
        dot[0, 5, 6] = 1;

        Check(weights, true, [dot], found =>
        {
            var map = PlainMap.Of(found);
            Assert.Equal(1, map[0, 5 + dilation, 6 + dilation]);
            Assert.Equal(1, map.Values.Sum());
        });
    }

    private static void Check(NetworkWeights weights, bool fast, PlainMap[] objects, Action<torch.Tensor> check)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var layout = fast ? NetworkWeights.Fast : NetworkWeights.Plain;
        using var layers = weights.Layers(layout);
        check(new Aspp(layers.Build).Forward(PlainMap.Tensor(layout.ChannelsLast, objects)));
    }
}
