using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Training.Network;

/// <summary>Soft aggregation in the log domain: the segmenter's distribution, with gradients that stay finite where a pixel is confidently
/// wrong.</summary>
internal static class LabelOdds
{
    private const double Least = 1e-7;
    private static readonly Scalar s_largest = Math.Log((1 - Least) / Least);
    private static readonly Scalar s_smallest = -Math.Log((1 - Least) / Least);
    private static readonly Scalar s_leastLog = Math.Log(Least);
    private static readonly Scalar s_mostLog = Math.Log(1 - Least);

    /// <summary>Log-odds of background and objects; their softmax over labels is the aggregated probability.</summary>
    /// <param name="logits">Logit differences (object − background), float32 <c>[B, N, H, W]</c>.</param>
    /// <returns><c>[B, N + 1, H, W]</c>, background first, in the current dispose scope.</returns>
    public static torch.Tensor Of(torch.Tensor logits)
    {
        using var scope = torch.NewDisposeScope();
        var objects = logits.clamp(s_smallest, s_largest);
        if (objects.shape[1] == 1)
        {
            return torch.cat([objects.neg(), objects], 1).MoveToOuterDisposeScope();
        }

        // log Π(1 − p) = Σ log σ(−d), and its odds.
        var background = logsigmoid(objects.neg()).sum(1, keepdim: true).clamp(s_leastLog, s_mostLog);
        var odds = background.sub(background.expm1().neg().log());
        return torch.cat([odds, objects], 1).MoveToOuterDisposeScope();
    }
}
