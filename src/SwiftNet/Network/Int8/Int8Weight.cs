using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>A convolution's weight in 8 bits: <c>weight ≈ Values · Scales</c>, with a scale for each output channel. Owns its
/// tensors.</summary>
/// <param name="Values">int8 <c>[out, in, k, k]</c>.</param>
/// <param name="Scales">float32 <c>[out]</c>.</param>
internal sealed record Int8Weight(torch.Tensor Values, torch.Tensor Scales) : IDisposable
{
    private static readonly Scalar s_least = 1e-12;

    /// <summary>Rounds a weight; it stays the caller's.</summary>
    /// <param name="weight">float32 <c>[out, in, k, k]</c>.</param>
    /// <param name="largest">The largest value used: 127, or 63 on processors that add products in 16 bits.</param>
    public static Int8Weight Of(torch.Tensor weight, int largest)
    {
        using var scope = torch.NewDisposeScope();
        using Scalar most = largest;
        using Scalar least = -largest;
        var scales = weight.abs().amax([1, 2, 3]).clamp_min_(s_least).div_(most);
        var values = weight.div(scales.view(-1, 1, 1, 1)).round_().clamp_(least, most).to(torch.int8).contiguous();
        return new Int8Weight(values.DetachFromDisposeScope(), scales.DetachFromDisposeScope());
    }

    /// <summary>The weight that the 8 bits stand for, float32 <c>[out, in, k, k]</c>, of the current dispose scope.</summary>
    public torch.Tensor Rounded() => Values.to(torch.float32).mul_(Scales.view(-1, 1, 1, 1));

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Scales.Dispose();
    }
}
