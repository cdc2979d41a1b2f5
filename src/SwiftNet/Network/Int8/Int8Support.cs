using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>Finds out how this processor adds up products of bytes.</summary>
/// <remarks>
/// Without VNNI, two products are added in 16 bits first. With weights of ±127 those sums overflow and every result is wrong; with weights
/// of ±63 they cannot. The processor's flags do not say which kernels oneDNN takes, so one convolution of extreme values decides.
/// </remarks>
internal static class Int8Support
{
    private const int Channels = 64;
    private const double Tolerance = 1e-4;

    private static readonly int[] s_weights = [127, 63];

    /// <summary>The largest 8-bit weight whose sums are right here, 127 or 63; 0 where there are no 8-bit convolutions, or where they are
    /// wrong.</summary>
    public static int LargestWeight { get; } = Find();

    private static int Find()
    {
        if (Int8Kernels.Shared is not { } kernels)
        {
            return 0;
        }

        try
        {
            return Array.Find(s_weights, largest => Adds(kernels, largest));
        }
        catch (Exception)
        {
            // The operators are there, but not for this processor.
            return 0;
        }
    }

    private static bool Adds(Int8Kernels kernels, int largest)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();

        // Half of the outputs have the largest weight everywhere, the others the smallest.
        using Scalar factor = largest;
        var signs = torch.ones([Channels, 1, 1, 1]);
        signs.narrow(0, 0, Channels / 2).neg_();
        var weight = new Int8Weight(signs.mul(factor).expand(Channels, Channels, 3, 3).to(torch.int8).contiguous(), torch.ones([Channels]));
        var activations = new Int8Activations(Quantization.Picture, null, null);
        using var layer = new Int8Convolution(
            "self-test", kernels, weight, torch.zeros([Channels]), new ConvolutionShape(1, 0, 1), activations);
        using Scalar largestByte = Quantization.Largest;
        var input = torch.full([1, 8, 8, Channels], largestByte, torch.uint8).permute(0, 3, 1, 2);
        var expected = signs.mul(factor).view(1, Channels, 1, 1).mul_(largestByte);
        using Scalar taps = Channels * 9;
        var error = layer.ForwardFloat(input).div_(expected.mul_(taps)).sub_(Numbers.One).abs_().max();
        return error.item<float>() < Tolerance;
    }
}
