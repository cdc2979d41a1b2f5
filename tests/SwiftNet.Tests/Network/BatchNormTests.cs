using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class BatchNormTests
{
    [Fact]
    public void Numbers_are_normalised_by_the_stored_statistics()
    {
        using var scope = torch.NewDisposeScope();
        using var norm = Norm();

        var found = norm.Forward(torch.tensor([3f, 5f, -1f, 0f], 1, 2, 1, 2)).data<float>().ToArray();

        // (3 − 1) / √(4 + 1e-5) · 2 + 0.5 and so on.
        double[] expected =
        [
            (2 / Math.Sqrt(4 + 1e-5) * 2) + 0.5, (4 / Math.Sqrt(4 + 1e-5) * 2) + 0.5, (1 / Math.Sqrt(1e-5) * -1) + 0.25,
            (2 / Math.Sqrt(1e-5) * -1) + 0.25,
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-3);
        }
    }

    [Fact]
    public void Folding_gives_the_hand_computed_weight_and_bias()
    {
        using var scope = torch.NewDisposeScope();
        using var norm = Norm();

        var (weight, bias) = norm.Fold(torch.tensor([3f, -2f], 2, 1, 1, 1));

        Assert.Equal(3 * 2 / Math.Sqrt(4 + 1e-5), weight[0].item<float>(), 1e-5);
        Assert.Equal(-2 * -1 / Math.Sqrt(1e-5), weight[1].item<float>(), 1e-3);
        Assert.Equal(0.5 - (1 * 2 / Math.Sqrt(4 + 1e-5)), bias[0].item<float>(), 1e-5);
        Assert.Equal(0.25 - (-2 * -1 / Math.Sqrt(1e-5)), bias[1].item<float>(), 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_folded_layer_computes_what_the_two_did(int stride)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(5);
        StoredTensor Numbers(float least, params long[] shape) =>
            StoredTensor.From(
                Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => least + random.NextSingle()).ToArray(), shape);
        var weights = new NetworkWeights(new Dictionary<string, StoredTensor>
        {
            ["c.weight"] = Numbers(-0.5f, 5, 3, 3, 3),
            ["n.weight"] = Numbers(0.5f, 5),
            ["n.bias"] = Numbers(-0.5f, 5),
            ["n.running_mean"] = Numbers(-0.5f, 5),
            ["n.running_var"] = Numbers(0.1f, 5),
        });
        var x = PlainMap.Random(3, 9, 7, 1);
        var expected = x.Convolve(weights["c.weight"], null, stride);
        for (var i = 0; i < expected.Values.Length; i++)
        {
            var c = i / (expected.Height * expected.Width);
            float At(string name) => weights[name].ToFloats()[c];
            expected.Values[i] = ((expected.Values[i] - At("n.running_mean")) / MathF.Sqrt(At("n.running_var") + 1e-5f) * At("n.weight"))
                + At("n.bias");
        }

        foreach (var layout in new[] { NetworkWeights.Fast, NetworkWeights.Plain })
        {
            using var layers = weights.Layers(layout);
            PlainMap.AssertClose(
                expected, layers.Build.Normalised("c", "n", default, stride).Forward(PlainMap.Tensor(layout.ChannelsLast, x)), 1e-5);
        }
    }

    private static BatchNorm Norm() =>
        new(torch.tensor([2f, -1f]), torch.tensor([0.5f, 0.25f]), torch.tensor([1f, -2f]), torch.tensor([4f, 0f]));
}
