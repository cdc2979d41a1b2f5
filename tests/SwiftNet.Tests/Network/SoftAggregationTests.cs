using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class SoftAggregationTests
{
    public static TheoryData<double[]> Pixels => new(
        (double[])[0], [1.5], [-3], [12], [-100], [100],
        [0, 0], [2, -1], [-4, -5], [6, 6.5], [100, 100], [-100, -100], [100, -100],
        [0, 0, 0], [3, -2, 0.5], [-6, -7, -8], [9, 8, -9], [100, 100, 100], [-100, -100, -100], [100, -100, 0]);

    [Theory]
    [MemberData(nameof(Pixels))]
    public void Every_label_has_its_odds_over_the_sum_of_odds(double[] logits)
    {
        var found = Forward(logits);

        var expected = ByTheFormula(logits);
        for (var i = 0; i < logits.Length; i++)
        {
            Assert.Equal(expected[i + 1], found[i], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Pixels))]
    public void Probabilities_are_finite_and_leave_the_background_no_less_than_nothing(double[] logits)
    {
        var found = Forward(logits);

        Assert.All(found, p => Assert.InRange(p, 0, 1));
        Assert.InRange(found.Sum(), 0, 1 + 1e-6);
    }

    [Fact]
    public void Pixels_do_not_see_each_other()
    {
        using var scope = torch.NewDisposeScope();
        float[] logits = [1, -100, 3, 4, -5, 100, 7, -8];

        var together = SoftAggregation.Forward(torch.tensor(logits, 2, 2, 2)).data<float>().ToArray();

        for (var pixel = 0; pixel < 4; pixel++)
        {
            var alone = Forward([logits[pixel], logits[4 + pixel]]);
            Assert.Equal(alone[0], together[pixel], 1e-6);
            Assert.Equal(alone[1], together[4 + pixel], 1e-6);
        }
    }

    private static float[] Forward(double[] logits)
    {
        using var scope = torch.NewDisposeScope();
        var differences = torch.tensor(Array.ConvertAll(logits, logit => (float)logit), logits.Length, 1, 1);
        return SoftAggregation.Forward(differences).data<float>().ToArray();
    }

    /// <summary>Background first: all clamped to [1e-7, 1 − 1e-7], odds e/(1 − e), shared out.</summary>
    private static double[] ByTheFormula(double[] logits)
    {
        var foreground = Array.ConvertAll(logits, logit => 1 / (1 + Math.Exp(-logit)));
        double[] all = [foreground.Aggregate(1.0, (product, p) => product * (1 - p)), .. foreground];
        var odds = Array.ConvertAll(all, p => Math.Clamp(p, 1e-7, 1 - 1e-7)).Select(e => e / (1 - e)).ToArray();
        return Array.ConvertAll(odds, odd => odd / odds.Sum());
    }
}
