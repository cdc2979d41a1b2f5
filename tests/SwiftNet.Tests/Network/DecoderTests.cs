using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class DecoderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Logits_of_two_objects_share_the_frames_branches(bool fast)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var layout = fast ? NetworkWeights.Fast : NetworkWeights.Plain;
        using var layers = NetworkWeights.ResNet18.Layers(layout);
        var decoder = new Decoder(layers.Build);
        var frame = PlainFeatures.Random(48, 32, 40);
        PlainMap[] memory = [PlainMap.Random(128, 2, 3, 1), PlainMap.Random(128, 2, 3, 2)];

        var (stride8, stride4) = decoder.Frame(frame.Tensors(layout.ChannelsLast));
        var found = decoder.Forward(PlainMap.Tensor(layout.ChannelsLast, memory), stride8, stride4);

        Assert.Equal([2, 2, 8, 12], found.shape);
        for (var n = 0; n < 2; n++)
        {
            PlainMap.AssertClose(new PlainNetwork(NetworkWeights.ResNet18).Decode(frame, memory[n]), found, 1e-4, n);
        }

        // The branches serve every further object of the frame too: nothing has changed them.
        var again = decoder.Forward(PlainMap.Tensor(layout.ChannelsLast, memory), stride8, stride4);
        Assert.Equal(PlainMap.Of(found).Values, PlainMap.Of(again).Values);
    }

    [Fact]
    public void Logits_are_float32_whatever_the_precision()
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var layers = NetworkWeights.ResNet18.Layers(NetworkWeights.Fast with { Type = torch.ScalarType.BFloat16 });
        var decoder = new Decoder(layers.Build);
        torch.Tensor Half(torch.Tensor tensor) => tensor.to(torch.bfloat16);
        var frame = PlainFeatures.Random(48, 32, 40).Tensors(true);

        var (stride8, stride4) = decoder.Frame(new FrameFeatures(Half(frame.C1), Half(frame.R2), Half(frame.R3), Half(frame.R4)));
        var found = decoder.Forward(Half(PlainMap.Tensor(true, PlainMap.Random(128, 2, 3, 1))), stride8, stride4);

        Assert.Equal(torch.float32, found.dtype);
    }

    [Fact]
    public void A_block_carries_its_rectified_input_past_the_convolutions()
    {
        // Of the frame's branch only the entry convolution is left, so that the skip alone goes through.
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var entry = NetworkWeights.ResNet18["Decoder.RF3.convFS.weight"];
        using var layers = NetworkWeights.Filled(Backbone.ResNet18, (_, _) => 0)
            .With("Decoder.RF3.convFS.weight", entry)
            .Layers(NetworkWeights.Fast);
        var frame = PlainFeatures.Random(48, 32, 50);

        var (stride8, _) = new Decoder(layers.Build).Frame(frame.Tensors(true));

        var entered = frame.R3.Convolve(entry);
        Assert.Contains(entered.Values, value => value < 0);
        PlainMap.AssertClose(entered.Relu(), stride8, 1e-5);
    }
}
