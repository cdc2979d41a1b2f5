using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class NetworkLayoutTests(ShippedModel shipped)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_placed_tensor_has_the_same_numbers_in_the_wanted_order_and_is_its_own(bool channelsLast)
    {
        using var scope = torch.NewDisposeScope();
        var map = PlainMap.Random(3, 4, 5, 1);
        var tensor = PlainMap.Tensor(false, map);

        using var placed = (NetworkWeights.Fast with { ChannelsLast = channelsLast }).Place(tensor);
        tensor.Dispose();

        Assert.Equal(channelsLast ? [60, 1, 15, 3] : [60, 20, 5, 1], placed.stride());
        Assert.Equal(map.Values, PlainMap.Of(placed).Values);
    }

    [Fact]
    public void The_fast_path_and_the_plain_one_find_the_same_probabilities()
    {
        using var plain = SwiftNetModel.Load(ShippedModel.Path, NetworkWeights.Plain);
        MemoryOptions options = new() { Trigger = TriggerKind.Periodic, Interval = 1 };
        using var one = new VideoSegmenter(shipped.Model, options);
        using var other = new VideoSegmenter(plain, options);
        var clip = Clip.Two;
        var ids = new byte[clip.Width * clip.Height];
        one.Start(new NetworkFrame(clip.Planes(0), clip.Width, clip.Height), clip.Mask(0));
        other.Start(new NetworkFrame(clip.Planes(0), clip.Width, clip.Height), clip.Mask(0));
        for (var t = 1; t <= 4; t++)
        {
            foreach (var segmenter in new[] { one, other })
            {
                segmenter.Step(new NetworkFrame(clip.Planes(t), clip.Width, clip.Height), ids);
                segmenter.Write();
            }

            using var difference = one.State!.Probabilities.sub(other.State!.Probabilities).abs_().max();
            Assert.InRange(difference.item<float>(), 0, 1e-4f);
        }
    }
}
