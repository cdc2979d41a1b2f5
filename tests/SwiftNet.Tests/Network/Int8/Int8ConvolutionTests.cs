using SwiftNet.Network;
using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Tests.Network.Int8;

public sealed class Int8ConvolutionTests
{
    private static readonly Quantization s_input = new(0.02, 7), s_output = new(0.05, 40), s_sum = new(0.03, 100);

    public static TheoryData<int, int, int, int, int> Kernels => new()
    {
        // side, stride, dilation, in, out: every kind of the network
        { 4, 1, 1, 16, 64 },
        { 4, 1, 1, 48, 64 },
        { 3, 1, 1, 64, 64 },
        { 3, 2, 1, 64, 128 },
        { 1, 2, 1, 128, 256 },
        { 3, 1, 1, 256, 160 },
        { 1, 1, 1, 256, 128 },
        { 3, 1, 2, 256, 128 },
        { 3, 1, 8, 256, 128 },
        { 1, 1, 1, 512, 128 },
        { 1, 1, 1, 1024, 256 },
        { 3, 1, 1, 64, 2 },
    };

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kind_of_kernel_gives_what_float32_gives_for_the_same_numbers(
        int side, int stride, int dilation, int inputs, int outputs)
    {
        Assert.SkipWhen(Int8Support.LargestWeight == 0, "this processor or this libtorch has no 8-bit convolutions");
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var largest = Int8Support.LargestWeight;
        var shape = new ConvolutionShape(stride, dilation * (side / 2), dilation);
        var values = torch.randint(-largest, largest + 1, [outputs, inputs, side, side], torch.int32).to(torch.int8);
        var scales = torch.rand(outputs).mul(0.001f).add(0.0005f);
        var bias = torch.randn(outputs);
        foreach (var (height, width) in new[] { (9, 14), (40, 48) })
        {
            var x = Bytes(inputs, height, width);
            var expected = torch.nn.functional.conv2d(
                Numbers(x, s_input), values.to(torch.float32) * scales.view(-1, 1, 1, 1), bias, [stride, stride],
                [shape.Padding, shape.Padding], [dilation, dilation]);
            using var layer = Layer(s_output, null);
            AssertClose(expected, layer.ForwardFloat(x), 1e-3f);
            AssertClose(expected.relu(), layer.ForwardFloat(x, relu: true), 1e-3f);
            AssertBytes(expected, layer.Forward(x));
            AssertBytes(expected.relu(), layer.Forward(x, relu: true));

            if (outputs < 16)
            {
                // Filled up: such a layer ends the network and is added to nothing.
                continue;
            }

            var floatSum = Map(torch.randn(expected.shape));
            AssertClose(expected + floatSum, layer.ForwardIntoFloat(x, floatSum.clone()), 1e-3f);

            var sum = Bytes(outputs, (int)expected.shape[2], (int)expected.shape[3]);
            using var adding = Layer(s_output, s_sum);
            AssertBytes((expected + Numbers(sum, s_sum)).relu(), adding.ForwardInto(x, sum.clone(), relu: true));
            AssertBytes(expected + Numbers(sum, s_sum), adding.ForwardInto(x, sum.clone()));
        }

        Int8Convolution Layer(Quantization output, Quantization? sum) =>
            new(
                "c",
                Int8Kernels.Shared!,
                new Int8Weight(values.clone(), scales.clone()),
                bias.clone(),
                shape,
                new Int8Activations(s_input, output, sum));
    }

    [Fact]
    public void Rounding_a_weight_keeps_each_output_channel_s_own_scale()
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.cat([torch.full([1, 2, 3, 3], 100f), torch.full([1, 2, 3, 3], -0.001f)]);

        using var rounded = Int8Weight.Of(weight, 63);

        Assert.Equal([63, -63], rounded.Values.select(1, 0).select(1, 0).select(1, 0).to(torch.int32).data<int>().ToArray());
        AssertClose(weight, rounded.Rounded(), 1e-4f);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(12, 20)]
    public void Pooling_bytes_takes_the_largest_of_three_by_three(int height, int width)
    {
        Assert.SkipWhen(Int8Kernels.Shared is null, "this libtorch has no 8-bit convolutions");
        using var scope = torch.NewDisposeScope();
        var x = Bytes(64, height, width);

        var pooled = Int8Kernels.Shared.MaxPool(x).to(torch.float32);

        AssertClose(torch.nn.functional.max_pool2d(x.to(torch.float32), [3, 3], [2, 2], [1, 1]), pooled, 0);
    }

    private static torch.Tensor Map(torch.Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static torch.Tensor Bytes(int channels, int height, int width) =>
        Map(torch.randint(0, 256, [1, channels, height, width], torch.int32).to(torch.uint8));

    private static torch.Tensor Numbers(torch.Tensor bytes, Quantization quantization) =>
        (bytes.to(torch.float32) - quantization.ZeroPoint) * (float)quantization.Scale;

    private static void AssertBytes(torch.Tensor expected, torch.Tensor bytes)
    {
        var exact = (expected / (float)s_output.Scale).add(s_output.ZeroPoint).round().clamp(0, 255);
        AssertClose(exact, bytes.to(torch.float32), 1);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor found, float tolerance) =>
        Assert.InRange((expected - found).abs().max().item<float>(), 0, tolerance);
}
