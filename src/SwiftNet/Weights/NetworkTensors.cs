namespace SwiftNet.Weights;

/// <summary>The names and shapes of all tensors of the network, in the order of its parts.</summary>
internal sealed class NetworkTensors
{
    private readonly OrderedDictionary<string, long[]> _shapes = [];
    private readonly HashSet<string> _optional = [];

    private NetworkTensors()
    {
    }

    /// <summary>The shape of each tensor, by name.</summary>
    public IReadOnlyDictionary<string, long[]> Shapes => _shapes;

    /// <summary>What the network with this backbone consists of.</summary>
    public static NetworkTensors Of(Backbone backbone)
    {
        var network = new NetworkTensors();
        if (backbone is Backbone.ResNet18)
        {
            network.AddResNet([2, 2, 2], expansion: 1);
        }
        else
        {
            network.AddResNet([3, 4, 6], expansion: 4);
            network.AddConvolution("Project.res2", 64, 256, 1);
            network.AddConvolution("Project.res3", 128, 512, 1);
            network.AddConvolution("Project.res4", 256, 1024, 1);
        }

        network.AddLightAggregationEncoder();
        network.AddKeyValueHeads();
        network.AddAspp();
        network.AddDecoder();
        return network;
    }

    /// <summary>Every way in which the tensors are not the network's; empty when they are.</summary>
    public static List<string> Differences(NetworkTensors network, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var differences = new List<string>();
        foreach (var (name, shape) in network._shapes)
        {
            if (!tensors.TryGetValue(name, out var tensor))
            {
                if (!network._optional.Contains(name))
                {
                    differences.Add($"missing {name} ({StoredTensor.TextOf(shape)})");
                }
            }
            else if (!tensor.Shape.SequenceEqual(shape))
            {
                differences.Add($"{name} is {tensor.ShapeText}, needs {StoredTensor.TextOf(shape)}");
            }
            else if (tensor.Type is not (ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64))
            {
                differences.Add($"{name} holds {tensor.Type}, no weights");
            }
        }

        foreach (var (name, tensor) in tensors)
        {
            if (!network._shapes.ContainsKey(name) && !IsCounter(name))
            {
                differences.Add($"extra {Printable.Of(name)} ({tensor.ShapeText})");
            }
        }

        return differences;
    }

    /// <summary>Whether it is the batch counter that training leaves beside every BatchNorm; the network has no use for it.</summary>
    public static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private void AddResNet(int[] blocks, int expansion)
    {
        _shapes.Add("Encoder.mean", [1, 3, 1, 1]);
        _shapes.Add("Encoder.std", [1, 3, 1, 1]);
        _optional.UnionWith(["Encoder.mean", "Encoder.std"]);
        _shapes.Add("Encoder.conv1.weight", [64, 3, 7, 7]);
        AddBatchNorm("Encoder.bn1", 64);
        var from = 64;
        for (var layer = 0; layer < blocks.Length; layer++)
        {
            var width = 64 << layer;
            for (var block = 0; block < blocks[layer]; block++)
            {
                AddBlock($"Encoder.res{layer + 2}.{block}", from, width, expansion);
                from = width * expansion;
            }
        }
    }

    private void AddBlock(string name, int from, int width, int expansion)
    {
        var to = width * expansion;
        (int From, int To, int Side)[] convolutions = expansion == 1
            ? [(from, width, 3), (width, width, 3)]
            : [(from, width, 1), (width, width, 3), (width, to, 1)];
        for (var i = 0; i < convolutions.Length; i++)
        {
            var convolution = convolutions[i];
            _shapes.Add($"{name}.conv{i + 1}.weight", [convolution.To, convolution.From, convolution.Side, convolution.Side]);
            AddBatchNorm($"{name}.bn{i + 1}", convolution.To);
        }

        if (from != to)
        {
            _shapes.Add($"{name}.downsample.0.weight", [to, from, 1, 1]);
            AddBatchNorm($"{name}.downsample.1", to);
        }
    }

    private void AddLightAggregationEncoder()
    {
        foreach (var mask in "mo")
        {
            _shapes.Add($"LAE.conv1_{mask}.weight", [64, 1, 7, 7]);
            _shapes.Add($"LAE.conv2_{mask}.weight", [256, 256, 3, 3]);
        }

        _shapes.Add("LAE.conv_fusion1.weight", [64, 64, 3, 3]);
        _shapes.Add("LAE.conv_fusion2.weight", [128, 64, 3, 3]);
        _shapes.Add("LAE.conv_fusion3.weight", [256, 128, 3, 3]);
        _shapes.Add("LAE.conv_fusion4.weight", [256, 256, 3, 3]);
        _shapes.Add("LAE.conv_fusion5.weight", [256, 256, 3, 3]);
    }

    private void AddKeyValueHeads()
    {
        foreach (var head in "MQ")
        {
            AddConvolution($"KV_{head}_r4.Key", 32, 256, 3);
            AddConvolution($"KV_{head}_r4.Value", 128, 256, 3);
        }
    }

    private void AddAspp()
    {
        for (var branch = 1; branch <= 4; branch++)
        {
            var side = branch == 1 ? 1 : 3;
            _shapes.Add($"aspp.aspp{branch}.atrous_conv.weight", [128, 256, side, side]);
        }

        _shapes.Add("aspp.conv1.weight", [128, 512, 1, 1]);
    }

    private void AddDecoder()
    {
        AddConvolution("Decoder.convFM", 64, 128, 3);
        AddResidualBlock("Decoder.ResMM");
        foreach (var (stage, from) in new[] { ("Decoder.RF3", 128), ("Decoder.RF2", 64) })
        {
            AddConvolution($"{stage}.convFS", 64, from, 3);
            AddResidualBlock($"{stage}.ResFS");
            AddResidualBlock($"{stage}.ResMM");
        }

        AddConvolution("Decoder.pred2", 2, 64, 3);
    }

    private void AddResidualBlock(string name)
    {
        AddConvolution($"{name}.conv1", 64, 64, 3);
        AddConvolution($"{name}.conv2", 64, 64, 3);
    }

    private void AddConvolution(string name, int to, int from, int side)
    {
        _shapes.Add($"{name}.weight", [to, from, side, side]);
        _shapes.Add($"{name}.bias", [to]);
    }

    private void AddBatchNorm(string name, int channels)
    {
        foreach (var part in new[] { "weight", "bias", "running_mean", "running_var" })
        {
            _shapes.Add($"{name}.{part}", [channels]);
        }
    }
}
