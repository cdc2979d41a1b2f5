using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>A convolution of uint8 activations with int8 weights.</summary>
/// <remarks>
/// Where libtorch 2.10 has to fill input or output channels up to a multiple of 16, its packed weights lose taps: the zeros that it fills
/// in fall on some of them. So inputs have a multiple of 16 channels (<see cref="StridedKernel"/>), and outputs are filled up here.
/// </remarks>
internal sealed class Int8Convolution : Convolution
{
    // The packed order does not depend on the input's size; this one only has to be large enough for every kernel.
    private const int PackedSide = 32;

    private const int Multiple = 16;

    private readonly Int8Kernels _kernels;
    private readonly Int8Operands _operands;
    private readonly Int8Activation? _output;
    private readonly Int8Activation? _sum;
    private readonly long _outputs;

    /// <summary>Rounds and packs the weight.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="kernels">The kernels of this processor.</param>
    /// <param name="weight">8-bit weight; disposed here.</param>
    /// <param name="bias">float32 <c>[out]</c>, taken over.</param>
    /// <param name="shape">Stride, padding, dilation.</param>
    /// <param name="activations">Quantization of input, output and sum; null where there is none.</param>
    public Int8Convolution(
        string name, Int8Kernels kernels, Int8Weight weight, torch.Tensor bias, ConvolutionShape shape, Int8Activations activations)
        : base(name)
    {
        _kernels = kernels;
        var input = new Int8Activation(activations.Input);
        _output = activations.Output is { } output ? new Int8Activation(output) : null;
        _sum = activations.Sum is { } sum ? new Int8Activation(sum) : null;
        MultiplyAddsPerPixel = weight.Values.numel();
        _outputs = weight.Values.shape[0];
        if (weight.Values.shape[1] % Multiple != 0)
        {
            throw new ArgumentException($"An 8-bit convolution needs a multiple of {Multiple} input channels.", nameof(weight));
        }

        using var scope = torch.NewDisposeScope();
        using (weight)
        using (bias)
        {
            var added = (Multiple - (_outputs % Multiple)) % Multiple;
            var scales = torch.nn.functional.pad(weight.Scales, [0, added], value: 1);
            var zeros = torch.zeros([_outputs + added], torch.int32);
            var packed = kernels.Pack(
                torch.nn.functional.pad(weight.Values, [0, 0, 0, 0, 0, 0, 0, added]), scales, input, shape, PackedSide);
            var filled = torch.nn.functional.pad(bias, [0, added]);
            _operands = new Int8Operands(input, packed, Own(scales), Own(zeros), Own(filled), shape);
        }

        static torch.Tensor Own(torch.Tensor tensor) => tensor.clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override torch.Tensor Forward(torch.Tensor x, bool relu = false) => Counted(Real(_kernels.Run(x, _operands, _output!, relu)));

    /// <inheritdoc/>
    public override torch.Tensor ForwardInto(torch.Tensor x, torch.Tensor other, bool relu = false)
    {
        _kernels.RunInto(x, other, _operands, _sum!, _output!, relu);
        return Counted(other);
    }

    /// <inheritdoc/>
    public override torch.Tensor ForwardFloat(torch.Tensor x, bool relu = false) => Counted(Real(_kernels.RunFloat(x, _operands, relu)));

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

    /// <summary>The outputs without those that fill them up.</summary>
    private torch.Tensor Real(torch.Tensor result) => result.shape[1] == _outputs ? result : result.narrow(1, 0, _outputs);

    private torch.Tensor Counted(torch.Tensor result)
    {
        Count(result);
        return result;
    }
}
