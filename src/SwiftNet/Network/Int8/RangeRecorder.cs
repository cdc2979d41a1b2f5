using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>Watches a floating-point network at work and records the range of each activation: of every call the values but for the most
/// extreme, over all calls the widest.</summary>
internal sealed class RangeRecorder
{
    // A single extreme value would cost all others a bit of their resolution.
    private const double LeftOut = 1e-4;

    // So many values of a map give its percentiles well enough.
    private const long Sampled = 250_000;

    private readonly Dictionary<string, ActivationRange> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivationRange> _extremes = new(StringComparer.Ordinal);

    /// <summary>The ranges so far.</summary>
    public ActivationRanges Ranges => new(_ranges);

    /// <summary>The whole span of each activation so far, with the values that its range leaves out.</summary>
    public IReadOnlyDictionary<string, ActivationRange> Extremes => _extremes;

    /// <summary>Looks at an activation <c>[N, c, h, w]</c> of the given name; one without a name is passed over.</summary>
    public void Record(string? name, torch.Tensor activation)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        var values = activation.to(torch.float32).permute(0, 2, 3, 1).flatten();

        // An odd step meets all channels.
        var step = (values.shape[0] / Sampled) | 1;
        var sorted = values.slice(0, 0, values.shape[0], step).sort().Values;
        var last = sorted.shape[0] - 1;
        Widen(_ranges, name, At(sorted, (long)(last * LeftOut)), At(sorted, (long)Math.Ceiling(last * (1 - LeftOut))));
        Widen(_extremes, name, At(sorted, 0), At(sorted, last));
    }

    private static float At(torch.Tensor sorted, long place) => sorted[place].item<float>();

    private static void Widen(Dictionary<string, ActivationRange> ranges, string name, float low, float high)
    {
        var seen = new ActivationRange(low, high);
        ranges[name] = ranges.TryGetValue(name, out var before) ? before.Cover(seen) : seen;
    }
}
