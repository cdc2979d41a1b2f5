using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Brings a floating-point activation into the network's format: 8 bits where the network has them, else as it is.</summary>
internal sealed class ActivationCast(string name, RangeRecorder? recorder, Int8Activation? output) : IDisposable
{
    /// <summary>Casts <c>[N, c, h, w]</c>.</summary>
    /// <returns>A fresh tensor of the current dispose scope, or <paramref name="x"/> itself.</returns>
    public torch.Tensor Forward(torch.Tensor x)
    {
        recorder?.Record(name, x);
        return output is null ? x : Int8Kernels.Shared!.Quantize(x.to(torch.float32), output);
    }

    /// <inheritdoc/>
    public void Dispose() => output?.Dispose();
}
