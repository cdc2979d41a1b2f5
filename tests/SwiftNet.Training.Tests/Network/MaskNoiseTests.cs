using SwiftNet.Training.Network;
using TorchSharp;

namespace SwiftNet.Training.Tests.Network;

public sealed class MaskNoiseTests
{
    private const int Side = 64, From = 24, Length = 12, Near = 12;

    [Fact]
    public void It_damages_at_the_edge_and_adds_pieces_elsewhere()
    {
        using var mask = torch.zeros([1, 1, Side, Side]);
        using (var square = mask.narrow(2, From, Length).narrow(3, From, Length))
        {
            square.fill_(1f);
        }

        var (elsewhere, lost, bulging, seeds) = (0, 0, 0, new Random(1));
        for (var i = 0; i < 40; i++)
        {
            using var damaged = new MaskNoise(seeds.Next(), 1).Apply(mask, 1);
            using var near = damaged.narrow(2, From - Near, Length + (2 * Near)).narrow(3, From - Near, Length + (2 * Near));
            using var inside = damaged.narrow(2, From, Length).narrow(3, From, Length);
            elsewhere += Sum(damaged) > Sum(near) + (Length * Length / 2) ? 1 : 0;
            var (kept, outside) = (Sum(inside), Sum(damaged) - Sum(inside));
            lost += kept < Length * Length ? 1 : 0;
            bulging += kept < Length * Length && outside > Length * Length ? 1 : 0;
            Assert.InRange(Sum(damaged), 0, (Length + (2 * Near)) * (Length + (2 * Near)));
        }

        Assert.InRange(elsewhere, 1, 12);
        Assert.InRange(lost, 8, 36);
        Assert.InRange(bulging, 2, 20);
    }

    [Fact]
    public void The_same_seed_damages_in_the_same_way_and_none_not_at_all()
    {
        using var masks = torch.rand([2, 3, Side, Side]);
        using var one = new MaskNoise(7, 0.5).Apply(masks, 2);
        using var same = new MaskNoise(7, 0.5).Apply(masks, 2);

        Assert.Equal(one.data<float>().ToArray(), same.data<float>().ToArray());
        Assert.Same(masks, MaskNoise.None.Apply(masks, 2));
    }

    private static double Sum(torch.Tensor part)
    {
        using var sum = part.sum();
        return sum.item<float>();
    }
}
