using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Makes layers from named tensors, in the wanted layout, and keeps a list of them.</summary>
internal sealed class LayerBuilder(Func<string, torch.Tensor> read, Func<string, bool> has, NetworkLayout layout)
{
    private readonly List<Convolution> _built = [];

    /// <summary>All convolutions made, in the order of their making.</summary>
    public IReadOnlyList<Convolution> Built => _built;

    /// <summary>The layout that layers are made in.</summary>
    public NetworkLayout Layout => layout;

    /// <summary>The float32 tensor of that name on the CPU, of the current dispose scope.</summary>
    public torch.Tensor Read(string name) => read(name);

    /// <summary>A convolution with <c>NAME.weight</c> and, where the file has it, <c>NAME.bias</c>; padded so that stride 1 keeps the size.</summary>
    public Convolution Convolution(string name, int stride = 1, int dilation = 1)
    {
        var weight = read(name + ".weight");
        var bias = has(name + ".bias") ? read(name + ".bias") : null;
        return Build(name, weight, bias, null, stride, dilation);
    }

    /// <summary>A convolution without bias followed by the BatchNorm of the name <paramref name="batchNorm"/>.</summary>
    public Convolution Normalised(string name, string batchNorm, int stride = 1)
    {
        var norm = new BatchNorm(read(batchNorm + ".weight"), read(batchNorm + ".bias"), read(batchNorm + ".running_mean"), read(batchNorm + ".running_var"));
        var weight = read(name + ".weight");
        if (!layout.Folded)
        {
            return Build(name, weight, null, Place(norm), stride, 1);
        }

        using (weight)
        using (norm)
        {
            var folded = norm.Fold(weight);
            return Build(name, folded.Weight, folded.Bias, null, stride, 1);
        }
    }

    /// <summary>Two convolutions over the same input as one: the first one's output channels, then the second one's.</summary>
    public Convolution Merged(string name, string first, string second)
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.cat([read($"{name}.{first}.weight"), read($"{name}.{second}.weight")]);
        var bias = torch.cat([read($"{name}.{first}.bias"), read($"{name}.{second}.bias")]);
        return Build(name, weight.DetachFromDisposeScope(), bias.DetachFromDisposeScope(), null, 1, 1);
    }

    /// <summary>A convolution without bias of the given weight, which is taken over.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="weight"><c>[out, in, k, k]</c>.</param>
    /// <param name="multiplyAddsPerPixel">Multiply-adds for an output pixel as the layer is defined.</param>
    /// <param name="padding">Zeros around the input.</param>
    public Convolution Rearranged(string name, torch.Tensor weight, long multiplyAddsPerPixel, int padding)
    {
        var convolution = new Convolution(name, layout, Place(weight), null, null, 1, padding, 1) { MultiplyAddsPerPixel = multiplyAddsPerPixel };
        _built.Add(convolution);
        return convolution;
    }

    private Convolution Build(string name, torch.Tensor weight, torch.Tensor? bias, BatchNorm? norm, int stride, int dilation)
    {
        var padding = dilation * (int)(weight.shape[2] / 2);
        var convolution = new Convolution(name, layout, Place(weight), bias is null ? null : Place(bias), norm, stride, padding, dilation);
        _built.Add(convolution);
        return convolution;
    }

    private BatchNorm Place(BatchNorm norm) => new(Place(norm.Weight), Place(norm.Bias), Place(norm.Mean), Place(norm.Variance));

    private torch.Tensor Place(torch.Tensor tensor)
    {
        using (tensor)
        {
            return layout.Place(tensor);
        }
    }
}
