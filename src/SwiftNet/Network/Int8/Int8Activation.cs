using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>A quantization in the forms that the kernels take. Owns its tensors.</summary>
internal sealed class Int8Activation(Quantization quantization) : IDisposable
{
    /// <summary>The distance of two values, float32 <c>[]</c>.</summary>
    public torch.Tensor Scale { get; } = torch.tensor((float)quantization.Scale).DetachFromDisposeScope();

    /// <summary>The byte that stands for 0, int32 <c>[]</c>.</summary>
    public torch.Tensor Zero { get; } = torch.tensor(quantization.ZeroPoint, torch.int32).DetachFromDisposeScope();

    /// <summary>The same number on the host.</summary>
    public int ZeroPoint => quantization.ZeroPoint;

    /// <inheritdoc/>
    public void Dispose()
    {
        Scale.Dispose();
        Zero.Dispose();
    }
}
