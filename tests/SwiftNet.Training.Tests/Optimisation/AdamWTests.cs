using SwiftNet.Training.Network;
using SwiftNet.Training.Optimisation;
using TorchSharp;

namespace SwiftNet.Training.Tests.Optimisation;

public class AdamWTests
{
    [Fact]
    public void Changes_weights_as_libtorch_does()
    {
        const int Count = 37;
        var random = new Random(1);
        float[] Draw() => [.. Enumerable.Range(0, Count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        var weights = Draw();
        using var reference = new TorchSharp.Modules.Parameter(torch.tensor(weights));
        using var optimiser = torch.optim.AdamW([reference], lr: 0.01, weight_decay: 0.1);
        var ours = new AdamW(Count);
        var group = new ParameterGroup(NetworkPart.Memory, true, 0, Count);
        for (var step = 0; step < 20; step++)
        {
            var gradient = Draw();
            using var theirs = torch.tensor(gradient);
            reference.grad = theirs;
            optimiser.step();
            ours.Begin();
            ours.Update(group, weights, gradient, 1, 0.01f, 0.1f);
        }

        var expected = reference.data<float>().ToArray();
        Assert.All(weights.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void The_rate_rises_then_falls_to_nothing()
    {
        var options = new TrainingOptions { WarmUp = 10, Iterations = 100 };

        Assert.Equal(0.1, Schedule.At(0, options), 3);
        Assert.True(Schedule.At(10, options) > Schedule.At(50, options));
        Assert.Equal(Math.Pow(0.5, 0.9), Schedule.At(50, options), 6);
        Assert.Equal(0, Schedule.At(100, options));
    }
}
