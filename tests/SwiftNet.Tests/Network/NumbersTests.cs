using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

/// <summary>Numbers on their way into an operation are not freed under its hands.</summary>
public sealed class NumbersTests
{
    private const int Times = 20_000;

    [Fact]
    public void Sums_hold_while_garbage_is_collected()
    {
        using var logits = torch.tensor(new[] { 0.3f, -1.2f, 2.5f, 0.1f, -0.4f, 1.1f }, [2, 1, 3]);
        using var channels = torch.tensor(new[] { 0.5f, 1.5f });
        using var weight = torch.ones([2, 2, 1, 1]);
        using var norm = new BatchNorm(channels.alias(), channels.alias(), channels.alias(), channels.alias());
        var expected = Sums(logits, norm, weight);
        using var collector = new GarbageCollector();
        for (var i = 0; i < Times; i++)
        {
            Assert.Equal(expected, Sums(logits, norm, weight));
        }
    }

    private static float[] Sums(torch.Tensor logits, BatchNorm norm, torch.Tensor weight)
    {
        using var scope = torch.NewDisposeScope();
        var (folded, bias) = norm.Fold(weight);
        using (folded)
        using (bias)
        {
            return [.. SoftAggregation.Forward(logits).data<float>(), .. folded.data<float>(), .. bias.data<float>()];
        }
    }
}
