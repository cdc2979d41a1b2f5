using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>A convolution of uint8 activations with int8 weights.</summary>
internal sealed class Int8Convolution : Convolution
{
    // The packed order does not depend on the input's size; this one only has to be large enough for every kernel.
    private const int PackedSide = 32;

    private readonly Int8Kernels _kernels;
    private readonly Int8Operands _operands;
    private readonly Int8Activation? _output;
    private readonly Int8Activation? _sum;

    /// <summary>Rounds and packs the weight.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="kernels">The kernels of this processor.</param>
    /// <param name="weight">8-bit weight; disposed here.</param>
    /// <param name="bias">float32 <c>[out]</c>, taken over.</param>
    /// <param name="shape">Stride, padding, dilation.</param>
    /// <param name="activations">Quantization of input, output and sum; null where there is none.</param>
    public Int8Convolution(string name, Int8Kernels kernels, Int8Weight weight, torch.Tensor bias, ConvolutionShape shape, Int8Activations activations)
        : base(name)
    {
        _kernels = kernels;
        var input = new Int8Activation(activations.Input);
        _output = activations.Output is { } output ? new Int8Activation(output) : null;
        _sum = activations.Sum is { } sum ? new Int8Activation(sum) : null;
        MultiplyAddsPerPixel = weight.Values.numel();
        using (weight)
        {
            var zeros = torch.zeros([weight.Scales.shape[0]], torch.int32).DetachFromDisposeScope();
            var packed = kernels.Pack(weight.Values, weight.Scales, input, shape, PackedSide);
            _operands = new Int8Operands(input, packed, weight.Scales.alias().DetachFromDisposeScope(), zeros, bias, shape);
        }
    }

    /// <inheritdoc/>
    public override torch.Tensor Forward(torch.Tensor x, bool relu = false) => Counted(_kernels.Run(x, _operands, _output!, relu));

    /// <inheritdoc/>
    public override torch.Tensor ForwardInto(torch.Tensor x, torch.Tensor other, bool relu = false)
    {
        _kernels.RunInto(x, other, _operands, _sum!, _output!, relu);
        return Counted(other);
    }

    /// <inheritdoc/>
    public override torch.Tensor ForwardFloat(torch.Tensor x, bool relu = false) => Counted(_kernels.RunFloat(x, _operands, relu));

    /// <inheritdoc/>
    public override torch.Tensor ForwardIntoFloat(torch.Tensor x, torch.Tensor other)
    {
        _kernels.RunIntoFloat(x, other, _operands);
        return Counted(other);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _operands.Input.Dispose();
        _operands.Weight.Dispose();
        _operands.WeightScales.Dispose();
        _operands.WeightZeros.Dispose();
        _operands.Bias.Dispose();
        _output?.Dispose();
        _sum?.Dispose();
    }

    private torch.Tensor Counted(torch.Tensor result)
    {
        Count(result);
        return result;
    }
}
