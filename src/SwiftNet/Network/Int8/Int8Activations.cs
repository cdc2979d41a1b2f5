namespace SwiftNet.Network.Int8;

/// <summary>The quantizations of what a convolution reads and makes.</summary>
/// <param name="Input">The input's.</param>
/// <param name="Output">The result's; null where it is float32.</param>
/// <param name="Sum">Of what it is added to, before; null where there is nothing, or float32.</param>
internal readonly record struct Int8Activations(Quantization Input, Quantization? Output, Quantization? Sum);
