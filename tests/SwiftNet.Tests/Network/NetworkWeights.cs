using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

/// <summary>A network's tensors by name, for the layers under test and for the plain network beside them.</summary>
internal sealed class NetworkWeights(IReadOnlyDictionary<string, StoredTensor> tensors)
{
    /// <summary>Float32, channels-last and folded: how the service computes where there is no bfloat16.</summary>
    public static readonly NetworkLayout Fast = new(torch.CPU, torch.ScalarType.Float32);

    /// <summary>Float32 as PyTorch would compute it.</summary>
    public static readonly NetworkLayout Plain = new(torch.CPU, torch.ScalarType.Float32, ChannelsLast: false, Folded: false);

    /// <summary>Random weights, made once.</summary>
    public static readonly NetworkWeights ResNet18 = Random(Backbone.ResNet18), ResNet50 = Random(Backbone.ResNet50);

    /// <summary>All tensors.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => tensors;

    public StoredTensor this[string name] => tensors[name];

    /// <summary>The same with one tensor replaced.</summary>
    public NetworkWeights With(string name, StoredTensor tensor) => new(new Dictionary<string, StoredTensor>(tensors) { [name] = tensor });

    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>Every tensor of the network, number by number.</summary>
    public static NetworkWeights Filled(Backbone backbone, Func<string, IReadOnlyList<long>, float> number)
    {
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var (name, shape) in NetworkTensors.Of(backbone).Shapes)
        {
            var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = number(name, shape);
            }

            tensors[name] = StoredTensor.From(values, shape);
        }

        return new NetworkWeights(tensors);
    }

    /// <summary>Layers of these weights.</summary>
    public BuiltLayers Layers(NetworkLayout layout) =>
        new(new LayerBuilder(name => tensors[name].ToTensor().DetachFromDisposeScope(), Has, layout));

    /// <summary>Numbers at random, the same in every run, small enough that signals neither die nor grow.</summary>
    private static NetworkWeights Random(Backbone backbone)
    {
        var random = new Random(18);
        return Filled(backbone, (name, shape) =>
        {
            if (name.EndsWith(".running_var", StringComparison.Ordinal)
                || (shape.Count == 1 && name.EndsWith(".weight", StringComparison.Ordinal)))
            {
                return 0.5f + random.NextSingle();
            }

            // Uniform numbers in ±1 have variance 1/3; this keeps a rectified signal's strength.
            var scale = shape.Count == 1 ? 0.2 : Math.Sqrt(6.0 / (shape[1] * shape[2] * shape[3]));
            return (float)(((random.NextDouble() * 2) - 1) * scale);
        });
    }
}

/// <summary>A builder that frees what it has built.</summary>
internal sealed record BuiltLayers(LayerBuilder Build) : IDisposable
{
    public void Dispose()
    {
        foreach (var layer in Build.Built)
        {
            layer.Dispose();
        }
    }
}
