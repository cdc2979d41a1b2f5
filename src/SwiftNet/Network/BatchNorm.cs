using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Batch normalisation by its stored statistics. Owns its tensors, each <c>[channels]</c>.</summary>
internal sealed record BatchNorm(torch.Tensor Weight, torch.Tensor Bias, torch.Tensor Mean, torch.Tensor Variance) : IDisposable
{
    /// <summary>Added to the variance: torchvision's and the checkpoint's.</summary>
    public const double Epsilon = 1e-5;

    private static readonly Scalar s_epsilon = Epsilon;

    /// <summary>Normalises <c>[N, channels, h, w]</c>.</summary>
    public torch.Tensor Forward(torch.Tensor x) =>
        torch.nn.functional.batch_norm(x, Mean, Variance, Weight, Bias, training: false, eps: Epsilon);

    /// <summary>The convolution <paramref name="weight"/> <c>[out, in, k, k]</c> with this normalisation folded in, and its bias
    /// <c>[out]</c>. Both are the caller's.</summary>
    public (torch.Tensor Weight, torch.Tensor Bias) Fold(torch.Tensor weight)
    {
        using var scope = torch.NewDisposeScope();
        var scale = Weight / Variance.add(s_epsilon, Numbers.One).sqrt();
        var folded = weight * scale.view(-1, 1, 1, 1);
        var bias = Bias - (Mean * scale);
        return (folded.DetachFromDisposeScope(), bias.DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weight.Dispose();
        Bias.Dispose();
        Mean.Dispose();
        Variance.Dispose();
    }
}
