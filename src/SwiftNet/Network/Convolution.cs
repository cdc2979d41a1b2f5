using TorchSharp;

namespace SwiftNet.Network;

/// <summary>One convolution with its bias, stride, padding and dilation, in one number format. Owns its tensors.</summary>
internal abstract class Convolution(string name) : IDisposable
{
    /// <summary>The layer's name in the weights file.</summary>
    public string Name { get; } = name;

    /// <summary>Multiply-adds for each output pixel, as the layer is defined (a rearranged kernel may do a few more).</summary>
    public long MultiplyAddsPerPixel { get; set; }

    /// <summary>Multiply-adds done so far.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>act(conv(x)) of <c>[N, in, h, w]</c>, an activation in the network's format.</summary>
    /// <param name="x">The input, in the network's format.</param>
    /// <param name="relu">Whether the result is rectified.</param>
    /// <returns>A fresh tensor of the current dispose scope.</returns>
    public abstract torch.Tensor Forward(torch.Tensor x, bool relu = false);

    /// <summary>other ← act(conv(x) + other), all activations in the network's format.</summary>
    /// <returns><paramref name="other"/>; where gradients are wanted a fresh tensor, and <paramref name="other"/> is left as it
    /// was.</returns>
    public abstract torch.Tensor ForwardInto(torch.Tensor x, torch.Tensor other, bool relu = false);

    /// <summary>The same as <see cref="Forward"/> with a floating-point result, which an 8-bit network needs where its numbers are added up
    /// or end in a softmax.</summary>
    public virtual torch.Tensor ForwardFloat(torch.Tensor x, bool relu = false) => Forward(x, relu);

    /// <summary>The same as <see cref="ForwardInto"/> with a floating-point sum.</summary>
    public virtual torch.Tensor ForwardIntoFloat(torch.Tensor x, torch.Tensor other) => ForwardInto(x, other);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Counts the multiply-adds of one result <c>[N, out, h, w]</c>.</summary>
    protected void Count(torch.Tensor result) => MultiplyAdds += MultiplyAddsPerPixel * result.shape[0] * result.shape[2] * result.shape[3];
}
