using SwiftNet.Network;
using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Tests.Network.Int8;

public sealed class StridedKernelTests
{
    [Theory]
    [InlineData(1, 1, 22, 38)]
    [InlineData(3, 1, 54, 70)]
    [InlineData(1, 2, 22, 38)]
    public void A_kernel_of_eight_by_eight_with_stride_two_gives_the_same_rearranged(int channels, int count, int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var map = torch.randint(0, 256, [count, channels, height, width], torch.int32).to(torch.float32);
        var weight = torch.randint(-9, 10, [64, channels, 8, 8], torch.int32).to(torch.float32);

        var rearranged = torch.nn.functional.conv2d(StridedKernel.Map(map), StridedKernel.Weight(weight));

        Assert.Equal(torch.nn.functional.conv2d(map, weight, strides: [2, 2]).data<float>().ToArray(), rearranged.data<float>().ToArray());
    }

    [Fact]
    public void Channels_that_the_packing_would_fill_up_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Int8Convolution(
            "c",
            null!,
            Int8Weight.Of(torch.ones(64, 3, 7, 7), 127),
            torch.zeros(64),
            new ConvolutionShape(2, 3, 1),
            new Int8Activations(Quantization.Picture, null, null)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_encoder_s_features_are_those_of_float32(int threads)
    {
        Assert.SkipWhen(Int8Support.LargestWeight == 0, "this processor or this libtorch has no 8-bit convolutions");
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var exact = SwiftNetModel.Load(ShippedModel.Path, "cpu", Precision.Float32, threads);
        using var bytes = SwiftNetModel.Load(ShippedModel.Path, "cpu", Precision.Int8, threads);
        var clip = Clip.Large;
        var frame = new NetworkFrame(clip.Planes(0), clip.Width, clip.Height);
        using var floats = new FrameInput(new PaddedSize(clip.Width, clip.Height), exact.Layout);
        using var picture = new FrameInput(new PaddedSize(clip.Width, clip.Height), bytes.Layout);

        var expected = exact.Encoder.Forward(floats.Next(frame));
        var found = bytes.Encoder.Forward(picture.Next(frame));

        var ranges = bytes.Layout.Int8!.Ranges;
        AssertClose(expected.C1, found.C1, ranges.Of(ResNetEncoder.C1Name), 0.05f);
        AssertClose(expected.R4, found.R4, ranges.Of(bytes.Encoder.R4Name), 0.12f);
        torch.set_num_threads(Environment.ProcessorCount);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor bytes, Quantization quantization, float tolerance)
    {
        var found = (bytes.to(torch.float32) - quantization.ZeroPoint) * (float)quantization.Scale;
        Assert.InRange((found - expected).norm().item<float>() / expected.norm().item<float>(), 0, tolerance);
    }
}
