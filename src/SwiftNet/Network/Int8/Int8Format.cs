namespace SwiftNet.Network.Int8;

/// <summary>What makes a network an 8-bit one.</summary>
/// <param name="Kernels">The convolutions.</param>
/// <param name="Ranges">The activations' ranges.</param>
/// <param name="LargestWeight">The largest 8-bit weight that this processor adds up without error, see <see cref="Int8Support"/>.</param>
internal sealed record Int8Format(Int8Kernels Kernels, ActivationRanges Ranges, int LargestWeight);
