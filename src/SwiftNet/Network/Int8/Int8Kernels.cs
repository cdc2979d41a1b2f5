using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>
/// oneDNN's 8-bit convolutions: uint8 activations, int8 weights with a scale for each output channel, sums of 32 bits, and bias, addition,
/// rectifier and rounding in the same pass. libtorch has them for its compilers, without a binding in TorchSharp.
/// </summary>
internal sealed class Int8Kernels
{
    // x, xs, xz: input, its scale and zero point; w, ws, wz: weight, scales, zero points; b: bias; p, s, d: padding, stride, dilation;
    // os, oz: the result's scale and zero point; 0 and 6 name its format: uint8 and float32. Scales are tensors: a double that is handed
    // over becomes an object that its finalizer may free before the call is through.
    private const string Methods = """
          def pack(self: __torch__.Kernels, w: Tensor, ws: Tensor, xs: Tensor, xz: int, p: int, s: int, d: int, n: int, c: int, y: int, x: int) -> Tensor:
            return ops.onednn.qconv_prepack(w, ws, float(xs), xz, [s, s], [p, p], [d, d], 1, [n, c, y, x])
          def conv(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int, os: Tensor, oz: int) -> Tensor:
            return ops.onednn.qconv_pointwise(x, xs, xz, w, ws, wz, b, [s, s], [p, p], [d, d], 1, float(os), oz, 0, "none", annotate(List[Optional[number]], []), "")
          def conv_relu(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int, os: Tensor, oz: int) -> Tensor:
            return ops.onednn.qconv_pointwise(x, xs, xz, w, ws, wz, b, [s, s], [p, p], [d, d], 1, float(os), oz, 0, "relu", annotate(List[Optional[number]], []), "")
          def float_conv(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int) -> Tensor:
            return ops.onednn.qconv_pointwise(x, xs, xz, w, ws, wz, b, [s, s], [p, p], [d, d], 1, 1.0, 0, 6, "none", annotate(List[Optional[number]], []), "")
          def float_conv_relu(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int) -> Tensor:
            return ops.onednn.qconv_pointwise(x, xs, xz, w, ws, wz, b, [s, s], [p, p], [d, d], 1, 1.0, 0, 6, "relu", annotate(List[Optional[number]], []), "")
          def into(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int, os: Tensor, oz: int, sum: Tensor, ss: Tensor, sz: int) -> Tensor:
            return ops.onednn.qconv2d_pointwise(x, xs, xz, w, ws, wz, sum, b, [s, s], [p, p], [d, d], 1, float(os), oz, 0, float(ss), sz, "sum", 1, "none", annotate(List[Optional[number]], []), "")
          def into_relu(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int, os: Tensor, oz: int, sum: Tensor, ss: Tensor, sz: int) -> Tensor:
            return ops.onednn.qconv2d_pointwise(x, xs, xz, w, ws, wz, sum, b, [s, s], [p, p], [d, d], 1, float(os), oz, 0, float(ss), sz, "sum", 1, "relu", annotate(List[Optional[number]], []), "")
          def into_float(self: __torch__.Kernels, x: Tensor, xs: Tensor, xz: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, p: int, s: int, d: int, sum: Tensor) -> Tensor:
            return ops.onednn.qconv2d_pointwise(x, xs, xz, w, ws, wz, sum, b, [s, s], [p, p], [d, d], 1, 1.0, 0, 6, 1.0, 0, "sum", 1, "none", annotate(List[Optional[number]], []), "")
          def quantize(self: __torch__.Kernels, x: Tensor, s: Tensor, z: int) -> Tensor:
            return torch.permute(torch.int_repr(torch.quantize_per_tensor(torch.permute(x, [0, 2, 3, 1]), float(s), z, 13)), [0, 3, 1, 2])
          def pool(self: __torch__.Kernels, x: Tensor, h: int, w: int, c: int) -> Tensor:
            rows = torch.view(torch.permute(x, [0, 2, 3, 1]), [h, 2, torch.mul(w, 2), c])
            odd_row = torch.select(rows, 1, 1)
            tall = torch.maximum(torch.select(rows, 1, 0), odd_row)
            below = torch.slice(tall, 0, 1, 9223372036854775807, 1)
            _0 = torch.maximum(below, torch.slice(odd_row, 0, 0, -1, 1), out=below)
            columns = torch.view(tall, [h, w, 2, c])
            odd_column = torch.select(columns, 2, 1)
            most = torch.maximum(torch.select(columns, 2, 0), odd_column)
            right = torch.slice(most, 1, 1, 9223372036854775807, 1)
            _1 = torch.maximum(right, torch.slice(odd_column, 1, 0, -1, 1), out=right)
            return torch.permute(torch.unsqueeze(most, 0), [0, 3, 1, 2])

        """;

    private readonly torch.jit.ScriptModule _module;

    private Int8Kernels(torch.jit.ScriptModule module) => _module = module;

    /// <summary>The kernels, or null where this libtorch has none.</summary>
    public static Int8Kernels? Shared { get; } = KernelScript.Load(Methods) is { } module ? new Int8Kernels(module) : null;

    /// <summary>Brings an int8 weight <c>[out, in, k, k]</c> into the order that oneDNN needs. The result is the caller's; it serves inputs
    /// of any size.</summary>
    public torch.Tensor Pack(torch.Tensor weight, torch.Tensor weightScales, Int8Activation input, ConvolutionShape shape, int side)
    {
        var inputs = (int)weight.shape[1];
        return ((torch.Tensor)_module.invoke(
            "pack", weight, weightScales, input.Scale, input.ZeroPoint, shape.Padding, shape.Stride,
            shape.Dilation, 1, inputs, side, side)).DetachFromDisposeScope();
    }

    /// <summary>act(conv(x)) as bytes.</summary>
    public torch.Tensor Run(torch.Tensor x, in Int8Operands operands, Int8Activation output, bool relu)
    {
        var (input, weight, scales, zeros, bias, shape) = operands;
        return (torch.Tensor)_module.invoke(
            relu ? "conv_relu" : "conv", x, input.Scale, input.Zero, weight, scales, zeros, bias, shape.Padding, shape.Stride,
            shape.Dilation, output.Scale, output.ZeroPoint);
    }

    /// <summary>act(conv(x)) as float32.</summary>
    public torch.Tensor RunFloat(torch.Tensor x, in Int8Operands operands, bool relu)
    {
        var (input, weight, scales, zeros, bias, shape) = operands;
        return (torch.Tensor)_module.invoke(
            relu ? "float_conv_relu" : "float_conv", x, input.Scale, input.Zero, weight, scales, zeros, bias, shape.Padding, shape.Stride,
            shape.Dilation);
    }

    /// <summary>other ← act(conv(x) + other), bytes of the quantization <paramref name="sum"/> before and <paramref name="output"/>
    /// after.</summary>
    public void RunInto(torch.Tensor x, torch.Tensor other, in Int8Operands operands, Int8Activation sum, Int8Activation output, bool relu)
    {
        var (input, weight, scales, zeros, bias, shape) = operands;
        ((torch.Tensor)_module.invoke(
            relu ? "into_relu" : "into", x, input.Scale, input.Zero, weight, scales, zeros, bias, shape.Padding, shape.Stride,
            shape.Dilation,
            output.Scale, output.ZeroPoint, other, sum.Scale, sum.ZeroPoint)).Dispose();
    }

    /// <summary>other ← conv(x) + other, float32.</summary>
    public void RunIntoFloat(torch.Tensor x, torch.Tensor other, in Int8Operands operands)
    {
        var (input, weight, scales, zeros, bias, shape) = operands;
        ((torch.Tensor)_module.invoke(
            "into_float", x, input.Scale, input.Zero, weight, scales, zeros, bias, shape.Padding, shape.Stride, shape.Dilation,
            other)).Dispose();
    }

    /// <summary>Float32 <c>[N, c, h, w]</c> as bytes, channels innermost.</summary>
    public torch.Tensor Quantize(torch.Tensor x, Int8Activation output) =>
        (torch.Tensor)_module.invoke("quantize", x, output.Scale, output.ZeroPoint);

    /// <summary>Maximum over 3x3 pixels with stride 2 of bytes <c>[1, c, 2h, 2w]</c> with channels innermost. libtorch's own poolings of
    /// bytes are slow or refuse this layout.</summary>
    public torch.Tensor MaxPool(torch.Tensor x)
    {
        var (channels, height, width) = ((int)x.shape[1], (int)x.shape[2], (int)x.shape[3]);
        return (torch.Tensor)_module.invoke("pool", x, height / 2, width / 2, channels);
    }
}
