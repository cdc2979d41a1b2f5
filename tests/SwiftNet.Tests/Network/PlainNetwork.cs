using SwiftNet.Network;

namespace SwiftNet.Tests.Network;

/// <summary>What the encoder sees, as plain numbers.</summary>
internal sealed record PlainFeatures(PlainMap C1, PlainMap R2, PlainMap R3, PlainMap R4)
{
    /// <summary>Maps of a frame of the given padded size, rectified as the encoder's are.</summary>
    public static PlainFeatures Random(int width, int height, int seed) => new(
        PlainMap.Random(64, height / 2, width / 2, seed).Relu(),
        PlainMap.Random(64, height / 4, width / 4, seed + 1).Relu(),
        PlainMap.Random(128, height / 8, width / 8, seed + 2).Relu(),
        PlainMap.Random(256, height / 16, width / 16, seed + 3).Relu());

    /// <summary>The same as tensors.</summary>
    public FrameFeatures Tensors(bool channelsLast) => new(
        PlainMap.Tensor(channelsLast, C1), PlainMap.Tensor(channelsLast, R2), PlainMap.Tensor(channelsLast, R3),
        PlainMap.Tensor(channelsLast, R4));
}

/// <summary>The network once more, layer after layer as the paper and the published code define it, on plain numbers.</summary>
internal sealed class PlainNetwork(NetworkWeights weights, bool bottleneck = false, bool strideIn3x3 = true)
{
    /// <summary>ResNet up to layer 3, from a normalised frame.</summary>
    public PlainFeatures Encode(PlainMap frame)
    {
        var c1 = Normalised(frame, "Encoder.conv1", "Encoder.bn1", 2).Relu();
        int[] depths = bottleneck ? [3, 4, 6] : [2, 2, 2];
        var maps = new PlainMap[3];
        var x = c1.MaxPool();
        for (var layer = 0; layer < 3; layer++)
        {
            for (var block = 0; block < depths[layer]; block++)
            {
                x = Block(x, $"Encoder.res{layer + 2}.{block}", layer > 0 && block == 0 ? 2 : 1);
            }

            maps[layer] = bottleneck ? Convolution(x, $"Project.res{layer + 2}") : x;
        }

        return new PlainFeatures(c1, maps[0], maps[1], maps[2]);
    }

    /// <summary>Light-aggregation encoder, of one object's mask and the others'.</summary>
    public PlainMap LightAggregation(PlainFeatures frame, PlainMap mask, PlainMap? others)
    {
        others ??= new PlainMap(1, mask.Height, mask.Width);
        var x = frame.C1.Add(Convolution(mask, "LAE.conv1_m", 2)).Add(Convolution(others, "LAE.conv1_o", 2)).Relu();
        x = frame.R2.Add(Convolution(x, "LAE.conv_fusion1", 2)).Relu();
        x = frame.R3.Add(Convolution(x, "LAE.conv_fusion2", 2)).Relu();
        var cells = Convolution(mask.Unshuffle16(), "LAE.conv2_m").Add(Convolution(others.Unshuffle16(), "LAE.conv2_o"));
        x = frame.R4.Add(cells).Add(Convolution(x, "LAE.conv_fusion3", 2)).Relu();
        return Convolution(Convolution(x, "LAE.conv_fusion4").Relu(), "LAE.conv_fusion5").Relu();
    }

    /// <summary>Key and value heads, M for memory or Q for query.</summary>
    public (PlainMap Keys, PlainMap Values) Head(PlainMap features, string name) =>
        (Convolution(features, $"{name}.Key"), Convolution(features, $"{name}.Value"));

    /// <summary>ASPP.</summary>
    public PlainMap Aspp(PlainMap x)
    {
        var views = Convolution(x, "aspp.aspp1.atrous_conv").Relu()
            .Join(Convolution(x, "aspp.aspp2.atrous_conv", 1, 2).Relu())
            .Join(Convolution(x, "aspp.aspp3.atrous_conv", 1, 4).Relu())
            .Join(Convolution(x, "aspp.aspp4.atrous_conv", 1, 8).Relu());
        return Convolution(views, "aspp.conv1").Relu();
    }

    /// <summary>Decoder, to two logits at stride 4.</summary>
    public PlainMap Decode(PlainFeatures frame, PlainMap memory)
    {
        var m4 = DecoderBlock(Convolution(memory, "Decoder.convFM"), "Decoder.ResMM");
        var m3 = Refine(frame.R3, m4, "Decoder.RF3");
        var m2 = Refine(frame.R2, m3, "Decoder.RF2");
        return Convolution(m2.Relu(), "Decoder.pred2");
    }

    /// <summary>The decoder's residual block; the skip carries relu(x).</summary>
    public PlainMap DecoderBlock(PlainMap x, string name)
    {
        x = x.Relu();
        return x.Add(Convolution(Convolution(x, $"{name}.conv1").Relu(), $"{name}.conv2"));
    }

    private PlainMap Refine(PlainMap features, PlainMap coarse, string name)
    {
        var frame = DecoderBlock(Convolution(features, $"{name}.convFS"), $"{name}.ResFS");
        return DecoderBlock(frame.Add(coarse.UpSample(2)), $"{name}.ResMM");
    }

    private PlainMap Block(PlainMap x, string name, int stride)
    {
        var shortcut = weights.Has($"{name}.downsample.0.weight")
            ? Normalised(x, $"{name}.downsample.0", $"{name}.downsample.1", stride)
            : x;
        var first = Normalised(x, $"{name}.conv1", $"{name}.bn1", bottleneck && strideIn3x3 ? 1 : stride).Relu();
        var second = Normalised(first, $"{name}.conv2", $"{name}.bn2", bottleneck && strideIn3x3 ? stride : 1);
        return (bottleneck ? Normalised(second.Relu(), $"{name}.conv3", $"{name}.bn3", 1) : second).Add(shortcut).Relu();
    }

    private PlainMap Convolution(PlainMap x, string name, int stride = 1, int dilation = 1) =>
        x.Convolve(weights[$"{name}.weight"], weights.Has($"{name}.bias") ? weights[$"{name}.bias"] : null, stride, dilation);

    private PlainMap Normalised(PlainMap x, string name, string batchNorm, int stride)
    {
        var y = x.Convolve(weights[$"{name}.weight"], null, stride);
        var (weight, bias) = (weights[$"{batchNorm}.weight"].ToFloats(), weights[$"{batchNorm}.bias"].ToFloats());
        var (mean, variance) = (weights[$"{batchNorm}.running_mean"].ToFloats(), weights[$"{batchNorm}.running_var"].ToFloats());
        for (var i = 0; i < y.Values.Length; i++)
        {
            var c = i / (y.Height * y.Width);
            y.Values[i] = (float)(((y.Values[i] - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * weight[c]) + bias[c]);
        }

        return y;
    }
}
