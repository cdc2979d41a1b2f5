namespace SwiftNet.Network;

/// <summary>Names of the activations that a convolution reads and makes. An 8-bit network finds their ranges under these names; other
/// formats record them.</summary>
/// <param name="Input">The input.</param>
/// <param name="Output">The result, after addition and rectifier.</param>
/// <param name="Sum">What the convolution is added to; null where there is no such activation, or where it is floating point.</param>
internal readonly record struct ActivationNames(string Input, string Output, string? Sum = null);
