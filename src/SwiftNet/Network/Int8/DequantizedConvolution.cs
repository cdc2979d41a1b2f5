using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>A convolution that an 8-bit network leaves in float32: its bytes are turned into numbers before it and back behind
/// it.</summary>
/// <remarks>
/// oneDNN's channels-last 1x1 kernels with 512 outputs and more were seen to end the process (see <see cref="FloatConvolution"/>), which no
/// test at run time can survive. Only ResNet-50 has such layers.
/// </remarks>
internal sealed class DequantizedConvolution(string name, FloatConvolution convolution, Int8Activations activations) : Convolution(name)
{
    private readonly Int8Activation? _output = activations.Output is { } output ? new Int8Activation(output) : null;

    /// <summary>Whether a layer of that weight <c>[out, in, k, k]</c> is left in float32.</summary>
    public static bool IsNeeded(torch.Tensor weight) => weight.shape[2] == 1 && weight.shape[0] >= FloatConvolution.MatrixOutputs;

    /// <inheritdoc/>
    public override torch.Tensor Forward(torch.Tensor x, bool relu = false) => Bytes(ForwardFloat(x, relu));

    /// <inheritdoc/>
    public override torch.Tensor ForwardInto(torch.Tensor x, torch.Tensor other, bool relu = false)
    {
        using var scope = torch.NewDisposeScope();
        var sum = ForwardFloat(x).add_(Numbers(other, activations.Sum!.Value), Network.Numbers.One);
        other.copy_(Bytes(relu ? sum.relu_() : sum));
        return other;
    }

    /// <inheritdoc/>
    public override torch.Tensor ForwardFloat(torch.Tensor x, bool relu = false)
    {
        using var scope = torch.NewDisposeScope();
        var result = convolution.Forward(Numbers(x, activations.Input), relu);
        Count(result);
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        convolution.Dispose();
        _output?.Dispose();
    }

    private torch.Tensor Bytes(torch.Tensor x) => Int8Kernels.Shared!.Quantize(x, _output!);

    private static torch.Tensor Numbers(torch.Tensor bytes, Quantization quantization)
    {
        using Scalar zero = quantization.ZeroPoint;
        using Scalar scale = quantization.Scale;
        return bytes.to(torch.float32).sub_(zero).mul_(scale);
    }
}
