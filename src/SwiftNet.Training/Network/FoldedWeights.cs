using SwiftNet.Network;
using SwiftNet.Weights;

namespace SwiftNet.Training.Network;

/// <summary>Values of a weights file with BatchNorm folded into the preceding convolutions; what remains of BatchNorm is a bias.</summary>
internal sealed class FoldedWeights
{
    private const string Mean = ".running_mean", Variance = ".running_var", Weight = ".weight", Bias = ".bias";
    private readonly Dictionary<string, float[]> _values = [];

    /// <summary>Folds BatchNorm into the convolutions.</summary>
    public FoldedWeights(IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, long[]> shapes)
    {
        foreach (var name in shapes.Keys.Where(tensors.ContainsKey))
        {
            _values.Add(name, tensors[name].ToFloats());
        }

        foreach (var name in shapes.Keys.Where(n => n.EndsWith(Mean, StringComparison.Ordinal)))
        {
            Fold(name[..^Mean.Length]);
        }
    }

    /// <summary>Values of one tensor.</summary>
    public float[] Values(string name) => _values[name];

    /// <summary>Values of a tensor that is not trained.</summary>
    public static float[] Constant(string name, IReadOnlyList<long> shape)
    {
        if (name == "Encoder.mean")
        {
            return [0.485f, 0.456f, 0.406f];
        }

        if (name == "Encoder.std")
        {
            return [0.229f, 0.224f, 0.225f];
        }

        var value = name.EndsWith(Mean, StringComparison.Ordinal)
            ? 0f
            : name.EndsWith(Variance, StringComparison.Ordinal) ? (float)(1 - BatchNorm.Epsilon)
            : 1f;
        return [.. Enumerable.Repeat(value, (int)shape[0])];
    }

    private void Fold(string norm)
    {
        var convolution = norm.EndsWith(".1", StringComparison.Ordinal)
            ? norm[..^1] + "0"
            : norm.Replace(".bn", ".conv", StringComparison.Ordinal);
        var weight = _values[convolution + Weight];
        var (scale, bias, mean, variance) = (_values[norm + Weight], _values[norm + Bias], _values[norm + Mean], _values[norm + Variance]);
        var taps = weight.Length / scale.Length;
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = (float)(scale[channel] / Math.Sqrt(variance[channel] + BatchNorm.Epsilon));
            foreach (ref var tap in weight.AsSpan(channel * taps, taps))
            {
                tap *= factor;
            }

            bias[channel] -= mean[channel] * factor;
        }
    }
}
