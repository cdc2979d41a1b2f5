using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Makes one distribution over background and objects of each object's own foreground probability.</summary>
internal static class SoftAggregation
{
    /// <summary>Probabilities are kept this far from 0 and 1, so that odds stay finite (the published code's).</summary>
    private const double Least = 1e-7;

    private static readonly Scalar s_least = Least;
    private static readonly Scalar s_most = 1 - Least;
    private static readonly Scalar s_largestLogit = Math.Log((1 - Least) / Least);
    private static readonly Scalar s_smallestLogit = -Math.Log((1 - Least) / Least);

    /// <summary>
    /// Background = Π(1 − p_i); every label's share is its odds over the sum of odds. With p_i = σ(d_i) the odds of an
    /// object are exp(d_i).
    /// </summary>
    /// <param name="logits">Logit differences d (object − background), float32 <c>[N, H, W]</c>.</param>
    /// <returns>The objects' probabilities, float32 <c>[N, H, W]</c>; the background's is what is missing to 1.</returns>
    public static torch.Tensor Forward(torch.Tensor logits)
    {
        using var scope = torch.NewDisposeScope();
        if (logits.shape[0] == 1)
        {
            // Odds e and 1/e: e / (e + 1/e) = σ(2d).
            return logits.clamp(s_smallestLogit, s_largestLogit).mul_(Numbers.Two).sigmoid_().MoveToOuterDisposeScope();
        }

        var odds = logits.clamp(s_smallestLogit, s_largestLogit).exp_();
        var background = odds.add(Numbers.One, Numbers.One).reciprocal_().prod(0, keepdim: true).clamp(s_least, s_most);
        var backgroundOdds = background.div(background.neg().add_(Numbers.One, Numbers.One));
        return odds.div(odds.sum(0, keepdim: true).add_(backgroundOdds, Numbers.One)).MoveToOuterDisposeScope();
    }
}
