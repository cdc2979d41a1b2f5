using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class LightAggregationEncoderTests
{
    private const int Width = 64;
    private const int Height = 48;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_object_is_encoded_by_the_plain_formula(bool fast)
    {
        var (frame, mask) = (PlainFeatures.Random(Width, Height, 10), SoftMask(1));

        var expected = new PlainNetwork(NetworkWeights.ResNet18).LightAggregation(frame, mask, null);

        Check(NetworkWeights.ResNet18, fast, frame, [mask], null, found => PlainMap.AssertClose(expected, found, 1e-5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Several_objects_see_their_own_and_the_others_mask(bool fast)
    {
        var frame = PlainFeatures.Random(Width, Height, 20);
        PlainMap[] masks = [SoftMask(1), SoftMask(2)];
        var network = new PlainNetwork(NetworkWeights.ResNet18);

        Check(NetworkWeights.ResNet18, fast, frame, masks, masks[0].Add(masks[1]), found =>
        {
            PlainMap.AssertClose(network.LightAggregation(frame, masks[0], masks[1]), found, 1e-5, 0);
            PlainMap.AssertClose(network.LightAggregation(frame, masks[1], masks[0]), found, 1e-5, 1);
        });
    }

    [Fact]
    public void No_others_are_the_same_as_others_without_a_pixel()
    {
        var (frame, mask) = (PlainFeatures.Random(Width, Height, 30), SoftMask(1));
        PlainMap? without = null;

        Check(NetworkWeights.ResNet18, true, frame, [mask], null, found => without = PlainMap.Of(found));

        Check(NetworkWeights.ResNet18, true, frame, [mask], mask, found => PlainMap.AssertClose(without!, found, 1e-5));
    }

    // With whole numbers and quarters every order of summing is exact, so the rearranged kernels have to agree bit by bit.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_rearranged_mask_convolutions_sum_exactly_the_same_taps(bool several)
    {
        var random = new Random(7);
        var weights = NetworkWeights.Filled(Backbone.ResNet18, (name, shape) =>
            name.Contains(".conv_fusion", StringComparison.Ordinal) ? (random.Next((int)shape[1]) == 0 ? 1 : 0) : random.Next(-2, 3));
        var frame = new PlainFeatures(
            new PlainMap(64, Height / 2, Width / 2), new PlainMap(64, Height / 4, Width / 4), new PlainMap(128, Height / 8, Width / 8),
            new PlainMap(256, Height / 16, Width / 16));
        var mask = SoftMask(5).Apply(Quarters);
        var others = several ? SoftMask(6).Apply(Quarters) : null;

        var expected = new PlainNetwork(weights).LightAggregation(frame, mask, others);

        Assert.Contains(expected.Values, value => value > 0);
        Check(
            weights,
            true,
            frame,
            [mask],
            others is null ? null : mask.Add(others),
            found => Assert.Equal(expected.Values, PlainMap.Of(found).Values));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(17, 3)]
    [InlineData(31, 47)]
    [InlineData(47, 63)]
    public void A_mask_pixel_lands_in_the_channel_of_its_row_and_column_within_the_cell(int y, int x)
    {
        // Only what the mask's cells bring is let through, from channel to the same channel.
        var weights = NetworkWeights.Filled(Backbone.ResNet18, (_, _) => 0);
        foreach (var name in new[] { "LAE.conv2_m", "LAE.conv_fusion4", "LAE.conv_fusion5" })
        {
            var identity = new float[256 * 256 * 9];
            for (var c = 0; c < 256; c++)
            {
                identity[(((c * 256) + c) * 9) + 4] = 1;
            }

            weights = weights.With($"{name}.weight", StoredTensor.From(identity, 256, 256, 3, 3));
        }

        var frame = new PlainFeatures(
            new PlainMap(64, Height / 2, Width / 2), new PlainMap(64, Height / 4, Width / 4), new PlainMap(128, Height / 8, Width / 8),
            new PlainMap(256, Height / 16, Width / 16));
        var mask = new PlainMap(1, Height, Width);
        mask[0, y, x] = 1;

        Check(weights, true, frame, [mask], null, found =>
        {
            var map = PlainMap.Of(found);
            Assert.Equal(1, map[(16 * (y % 16)) + (x % 16), y / 16, x / 16]);
            Assert.Equal(1, map.Values.Sum());
        });
    }

    private static float Quarters(float value) => MathF.Round(value * 4) / 4;

    private static PlainMap SoftMask(int seed) => PlainMap.Random(1, Height, Width, seed).Apply(value => Math.Clamp(value + 0.4f, 0, 1));

    private static void Check(
        NetworkWeights weights, bool fast, PlainFeatures frame, PlainMap[] masks, PlainMap? all, Action<torch.Tensor> check)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var layout = fast ? NetworkWeights.Fast : NetworkWeights.Plain;
        using var layers = weights.Layers(layout);
        var encoder = new LightAggregationEncoder(layers.Build);
        check(
            encoder.Forward(
                frame.Tensors(layout.ChannelsLast), PlainMap.Tensor(false, masks), all is null ? null : PlainMap.Tensor(false, all)));
    }
}
