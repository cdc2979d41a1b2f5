using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>What an 8-bit convolution computes with, besides its input. The tensors stay their owner's.</summary>
/// <param name="Input">The input's quantization.</param>
/// <param name="Weight">The packed weight.</param>
/// <param name="WeightScales">A scale for each output channel, float32 <c>[out]</c>.</param>
/// <param name="WeightZeros">Zeros, int32 <c>[out]</c>.</param>
/// <param name="Bias">Float32 <c>[out]</c>.</param>
/// <param name="Shape">Stride, padding, dilation.</param>
internal readonly record struct Int8Operands(
    Int8Activation Input, torch.Tensor Weight, torch.Tensor WeightScales, torch.Tensor WeightZeros, torch.Tensor Bias,
    ConvolutionShape Shape);
