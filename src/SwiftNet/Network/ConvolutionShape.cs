namespace SwiftNet.Network;

/// <summary>How a convolution's kernel moves over its input, the same in both directions.</summary>
/// <param name="Stride">Input pixels from one output pixel to the next.</param>
/// <param name="Padding">Zeros around the input.</param>
/// <param name="Dilation">Input pixels from one tap to the next.</param>
internal readonly record struct ConvolutionShape(int Stride, int Padding, int Dilation);
