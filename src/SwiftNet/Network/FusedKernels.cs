using TorchSharp;

namespace SwiftNet.Network;

/// <summary>
/// oneDNN's convolutions with prepacked weights and the addition and rectifier behind them done in the same pass.
/// libtorch has them for its compilers, without a binding in TorchSharp; a small TorchScript module reaches them.
/// </summary>
internal sealed class FusedKernels
{
    // One method an operation; p, s, d: padding, stride, dilation.
    private const string Methods = """
          def pack(self: __torch__.Kernels, w: Tensor, p: int, s: int, d: int, n: int, c: int, y: int, x: int) -> Tensor:
            return ops.mkldnn._reorder_convolution_weight(w, [p, p], [s, s], [d, d], 1, [n, c, y, x])
          def conv(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor, p: int, s: int, d: int) -> Tensor:
            return ops.mkldnn._convolution_pointwise(x, w, b, [p, p], [s, s], [d, d], 1, "none", annotate(List[Optional[number]], []), "")
          def relu(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor, p: int, s: int, d: int) -> Tensor:
            return ops.mkldnn._convolution_pointwise(x, w, b, [p, p], [s, s], [d, d], 1, "relu", annotate(List[Optional[number]], []), "")
          def into(self: __torch__.Kernels, x: Tensor, o: Tensor, w: Tensor, b: Tensor, p: int, s: int, d: int) -> Tensor:
            return ops.mkldnn._convolution_pointwise_(o, x, w, b, [p, p], [s, s], [d, d], 1, "add", 1, None, annotate(List[Optional[number]], []), None)
          def into_relu(self: __torch__.Kernels, x: Tensor, o: Tensor, w: Tensor, b: Tensor, p: int, s: int, d: int) -> Tensor:
            return ops.mkldnn._convolution_pointwise_(o, x, w, b, [p, p], [s, s], [d, d], 1, "add", 1, "relu", annotate(List[Optional[number]], []), None)

        """;

    private readonly torch.jit.ScriptModule _module;

    private FusedKernels(torch.jit.ScriptModule module) => _module = module;

    /// <summary>The kernels, or null where this libtorch has none.</summary>
    public static FusedKernels? Shared { get; } = KernelScript.Load(Methods) is { } module ? new FusedKernels(module) : null;

    /// <summary>Brings a weight <c>[out, in, k, k]</c> into the order that oneDNN needs for inputs of the given shape. The result is the
    /// caller's.</summary>
    public torch.Tensor Pack(torch.Tensor weight, int padding, int stride, int dilation, torch.Tensor input)
    {
        // As int, which is handed over by value: a long becomes an object that its finalizer may free before the call is through.
        var (n, c, y, x) = ((int)input.shape[0], (int)input.shape[1], (int)input.shape[2], (int)input.shape[3]);
        return ((torch.Tensor)_module.invoke("pack", weight, padding, stride, dilation, n, c, y, x)).DetachFromDisposeScope();
    }

    /// <summary>act(conv(x)).</summary>
    public torch.Tensor Run(torch.Tensor x, torch.Tensor packed, torch.Tensor bias, int padding, int stride, int dilation, bool relu) =>
        (torch.Tensor)_module.invoke(relu ? "relu" : "conv", x, packed, bias, padding, stride, dilation);

    /// <summary>other ← act(conv(x) + other). There is a kernel with a separate result too; it is slower than a copy of other and this
    /// one.</summary>
    public void RunInto(
        torch.Tensor x, torch.Tensor other, torch.Tensor packed, torch.Tensor bias, int padding, int stride, int dilation, bool relu) =>
        ((torch.Tensor)_module.invoke(relu ? "into_relu" : "into", x, other, packed, bias, padding, stride, dilation)).Dispose();
}
