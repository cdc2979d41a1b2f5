using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class ConvolutionTests
{
    public static TheoryData<int, int, int, int, int> Kernels => new()
    {
        // side, stride, dilation, in, out
        { 7, 2, 1, 3, 64 },
        { 3, 1, 1, 64, 64 },
        { 3, 2, 1, 64, 128 },
        { 3, 2, 1, 128, 128 },
        { 3, 1, 1, 128, 128 },
        { 3, 2, 1, 256, 256 },
        { 1, 1, 1, 512, 256 },
        { 1, 1, 1, 256, 128 },
        { 3, 1, 8, 64, 32 },
        { 3, 1, 1, 64, 2 },
        { 1, 1, 1, 512, 128 },
        { 1, 1, 1, 64, 256 },
        { 1, 1, 1, 128, 512 },
        { 1, 1, 1, 256, 1024 },
        { 1, 1, 1, 1024, 256 },
        { 1, 2, 1, 64, 128 },
        { 1, 2, 1, 128, 256 },
        { 1, 2, 1, 256, 128 },
        { 1, 2, 1, 256, 512 },
        { 1, 2, 1, 512, 256 },
        { 1, 2, 1, 512, 1024 },
    };

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kind_of_kernel_in_the_network_sums_its_taps(int side, int stride, int dilation, int inputs, int outputs)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = Weights(side, inputs, outputs);
        foreach (var (height, width) in new[] { (8, 12), (4, 6), (3, 2), (1, 6), (7, 1) })
        {
            var x = PlainMap.Random(inputs, height, width, 1);
            var expected = x.Convolve(weights["c.weight"], weights["c.bias"], stride, dilation);
            var other = PlainMap.Random(outputs, expected.Height, expected.Width, 2);
            foreach (var layout in new[] { NetworkWeights.Fast, NetworkWeights.Plain, NetworkWeights.Fast with { Folded = false }, NetworkWeights.Plain with { Folded = true } })
            {
                using var layers = weights.Layers(layout);
                var layer = layers.Build.Convolution("c", default, stride, dilation);
                var map = PlainMap.Tensor(layout.ChannelsLast, x);
                PlainMap.AssertClose(expected, layer.Forward(map), 1e-5);
                PlainMap.AssertClose(expected.Relu(), layer.Forward(map, relu: true), 1e-5);
                PlainMap.AssertClose(
                    expected.Add(other).Relu(), layer.ForwardInto(map, PlainMap.Tensor(layout.ChannelsLast, other), relu: true), 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void BFloat16_costs_its_own_rounding_and_no_more(int side, int stride, int dilation, int inputs, int outputs)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = Weights(side, inputs, outputs);
        var x = PlainMap.Random(inputs, 8, 11, 1);
        using var layers = weights.Layers(NetworkWeights.Fast with { Type = torch.ScalarType.BFloat16 });

        var found = layers.Build.Convolution("c", default, stride, dilation).Forward(PlainMap.Tensor(true, x).to(torch.bfloat16));

        PlainMap.AssertClose(x.Convolve(weights["c.weight"], weights["c.bias"], stride, dilation), found, 0.01);
    }

    // A segmenter for another camera, or one more object, sends other shapes through the same layer.
    [Fact]
    public void One_layer_serves_maps_of_any_size_and_number()
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = Weights(3, 64, 64);
        using var layers = weights.Layers(NetworkWeights.Fast);
        var layer = layers.Build.Convolution("c");
        foreach (var (count, height, width) in new[] { (1, 4, 6), (3, 4, 6), (1, 30, 22), (2, 9, 5), (1, 4, 6) })
        {
            var maps = Enumerable.Range(1, count).Select(seed => PlainMap.Random(64, height, width, seed)).ToArray();

            var found = layer.Forward(PlainMap.Tensor(true, maps));

            for (var n = 0; n < count; n++)
            {
                PlainMap.AssertClose(maps[n].Convolve(weights["c.weight"], weights["c.bias"]), found, 1e-5, n);
            }
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void What_is_added_is_added_before_rectifying_and_holds_the_result(bool fast, bool relu)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = Weights(3, 16, 32);
        var layout = fast ? NetworkWeights.Fast : NetworkWeights.Plain;
        using var layers = weights.Layers(layout);
        PlainMap[] maps = [PlainMap.Random(16, 5, 6, 1), PlainMap.Random(16, 5, 6, 2)];
        PlainMap[] others = [PlainMap.Random(32, 5, 6, 3), PlainMap.Random(32, 5, 6, 4)];
        var (x, other) = (PlainMap.Tensor(layout.ChannelsLast, maps), PlainMap.Tensor(layout.ChannelsLast, others));

        var found = layers.Build.Convolution("c").ForwardInto(x, other, relu);

        Assert.Same(other, found);
        for (var n = 0; n < 2; n++)
        {
            var expected = maps[n].Convolve(weights["c.weight"], weights["c.bias"]).Add(others[n]);
            PlainMap.AssertClose(relu ? expected.Relu() : expected, other, 1e-5, n);
            Assert.Equal(maps[n].Values, PlainMap.Of(x, n).Values);
        }
    }

    private static NetworkWeights Weights(int side, int inputs, int outputs)
    {
        var weight = PlainMap.Random(outputs * inputs, side, side, 9).Values;
        return new NetworkWeights(new Dictionary<string, StoredTensor>
        {
            ["c.weight"] = StoredTensor.From(weight, outputs, inputs, side, side),
            ["c.bias"] = StoredTensor.From(PlainMap.Random(outputs, 1, 1, 8).Values, outputs),
        });
    }
}
