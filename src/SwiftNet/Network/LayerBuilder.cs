using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Makes layers from named tensors, in the wanted layout, and keeps a list of them.</summary>
internal sealed class LayerBuilder(Func<string, torch.Tensor> read, Func<string, bool> has, NetworkLayout layout) : IDisposable
{
    private readonly List<Convolution> _built = [];
    private readonly List<ActivationCast> _casts = [];

    /// <summary>All convolutions made, in the order of their making.</summary>
    public IReadOnlyList<Convolution> Built => _built;

    /// <summary>The layout that layers are made in.</summary>
    public NetworkLayout Layout => layout;

    /// <summary>The float32 tensor of that name on the CPU, of the current dispose scope.</summary>
    public torch.Tensor Read(string name) => read(name);

    /// <summary>A convolution with <c>NAME.weight</c> and, where the file has it, <c>NAME.bias</c>; padded so that stride 1 keeps the
    /// size.</summary>
    public Convolution Convolution(string name, ActivationNames activations = default, int stride = 1, int dilation = 1)
    {
        var weight = read(name + ".weight");
        var bias = has(name + ".bias") ? read(name + ".bias") : null;
        return Build(name, weight, bias, null, Shape(weight, stride, dilation), activations);
    }

    /// <summary>The first convolution, 7x7 with stride 2 and BatchNorm; its input is a <see cref="FrameInput"/>'s.</summary>
    public Convolution Stem(string name, string batchNorm)
    {
        var activations = new ActivationNames("", name);
        if (layout.Int8 is null)
        {
            return Normalised(name, batchNorm, activations, stride: 2);
        }

        using var scope = torch.NewDisposeScope();
        using var norm = Norm(batchNorm);
        var folded = norm.Fold(read(name + ".weight"));
        using var foldedWeight = folded.Weight;
        using var foldedBias = folded.Bias;
        var (weight, bias) = FrameInput.TakeNormalisation(folded.Weight, folded.Bias, layout.Int8.LargestWeight);
        var activations8 = new Int8Activations(Quantization.Picture, layout.Int8.Ranges.Of(name), null);
        var rearranged = StridedKernel.Weight(torch.nn.functional.pad(weight, [0, 1, 0, 1]));
        var stem = Build8(name, rearranged.DetachFromDisposeScope(), bias, new ConvolutionShape(1, 0, 1), activations8);
        stem.MultiplyAddsPerPixel = weight.numel();
        return Add(stem);
    }

    /// <summary>A convolution without bias followed by the BatchNorm of the name <paramref name="batchNorm"/>.</summary>
    public Convolution Normalised(string name, string batchNorm, ActivationNames activations = default, int stride = 1)
    {
        var norm = Norm(batchNorm);
        var weight = read(name + ".weight");
        var shape = Shape(weight, stride, 1);
        if (!layout.Folded)
        {
            return Build(name, weight, null, Place(norm), shape, activations);
        }

        using (weight)
        using (norm)
        {
            var folded = norm.Fold(weight);
            return Build(name, folded.Weight, folded.Bias, null, shape, activations);
        }
    }

    /// <summary>Two convolutions over the same input as one: the first one's output channels, then the second one's.</summary>
    public Convolution Merged(string name, string first, string second, ActivationNames activations = default)
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.cat([read($"{name}.{first}.weight"), read($"{name}.{second}.weight")]);
        var bias = torch.cat([read($"{name}.{first}.bias"), read($"{name}.{second}.bias")]);
        return Build(name, weight.DetachFromDisposeScope(), bias.DetachFromDisposeScope(), null, Shape(weight, 1, 1), activations);
    }

    /// <summary>A convolution without bias of the given weight, which is taken over.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="weight"><c>[out, in, k, k]</c>.</param>
    /// <param name="multiplyAddsPerPixel">Multiply-adds for an output pixel as the layer is defined.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <param name="activations">Names of its activations.</param>
    public Convolution Rearranged(string name, torch.Tensor weight, long multiplyAddsPerPixel, int padding, ActivationNames activations)
    {
        var convolution = Make(name, weight, null, null, new ConvolutionShape(1, padding, 1), activations);
        convolution.MultiplyAddsPerPixel = multiplyAddsPerPixel;
        return Add(convolution);
    }

    /// <summary>The way of a floating-point activation into the network's format.</summary>
    public ActivationCast Cast(string name)
    {
        var cast = new ActivationCast(name, layout.Recorder, layout.Int8 is null ? null : new Int8Activation(layout.Int8.Ranges.Of(name)));
        _casts.Add(cast);
        return cast;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _built.ForEach(layer => layer.Dispose());
        _casts.ForEach(cast => cast.Dispose());
    }

    private static ConvolutionShape Shape(torch.Tensor weight, int stride, int dilation) =>
        new(stride, dilation * (int)(weight.shape[2] / 2), dilation);

    private Convolution Build(
        string name, torch.Tensor weight, torch.Tensor? bias, BatchNorm? norm, ConvolutionShape shape, ActivationNames activations) =>
        Add(Make(name, weight, bias, norm, shape, activations));

    private Convolution Make(
        string name, torch.Tensor weight, torch.Tensor? bias, BatchNorm? norm, ConvolutionShape shape, ActivationNames activations)
    {
        if (layout.Int8 is not { } int8)
        {
            return new FloatConvolution(name, layout, Place(weight), bias is null ? null : Place(bias), norm, shape, activations.Output);
        }

        var quantizations = new Int8Activations(Quantization(activations.Input), Optional(activations.Output), Optional(activations.Sum));
        if (DequantizedConvolution.IsNeeded(weight))
        {
            var inFloat = layout with { Int8 = null, Type = torch.ScalarType.Float32 };
            return new DequantizedConvolution(
                name,
                new FloatConvolution(name, inFloat, Place(weight), bias is null ? null : Place(bias), null, shape, ""),
                quantizations);
        }

        return Build8(name, weight, bias, shape, quantizations);

        Quantization Quantization(string activation) =>
            activation == LightAggregationEncoder.MaskName ? Int8.Quantization.Mask : int8.Ranges.Of(activation);
        Quantization? Optional(string? activation) => string.IsNullOrEmpty(activation) ? null : int8.Ranges.Of(activation);
    }

    private Int8Convolution Build8(
        string name, torch.Tensor weight, torch.Tensor? bias, ConvolutionShape shape, Int8Activations quantizations)
    {
        using (weight)
        {
            bias ??= torch.zeros([weight.shape[0]]);
            return new Int8Convolution(
                name,
                layout.Int8!.Kernels,
                Int8Weight.Of(weight, layout.Int8.LargestWeight),
                bias.DetachFromDisposeScope(),
                shape,
                quantizations);
        }
    }

    private Convolution Add(Convolution convolution)
    {
        _built.Add(convolution);
        return convolution;
    }

    private BatchNorm Norm(string name) =>
        new(read(name + ".weight"), read(name + ".bias"), read(name + ".running_mean"), read(name + ".running_var"));

    private BatchNorm Place(BatchNorm norm) => new(Place(norm.Weight), Place(norm.Bias), Place(norm.Mean), Place(norm.Variance));

    private torch.Tensor Place(torch.Tensor tensor)
    {
        using (tensor)
        {
            return layout.Place(tensor);
        }
    }
}
