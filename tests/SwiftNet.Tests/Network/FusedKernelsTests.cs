using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class FusedKernelsTests
{
    [Fact]
    public void Weights_are_packed_rightly_while_garbage_is_collected()
    {
        var kernels = FusedKernels.Shared;
        Assert.SkipWhen(kernels is null, "This libtorch has no fused kernels.");
        using var weight = torch.rand(8, 8, 3, 3);
        using var input = torch.rand(1, 8, 6, 6);
        using var collector = new GarbageCollector();

        // What a call hands to native code must outlive the call: numbers go by value, not as objects that a finalizer frees.
        for (var i = 0; i < 3000; i++)
        {
            kernels.Pack(weight, padding: 1, stride: 1, dilation: 1, input).Dispose();
        }
    }
}
