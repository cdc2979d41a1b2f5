using System.Numerics;

namespace SwiftNet.Training.Optimisation;

/// <summary>Exponential moving average of the weights, which is evaluated and exported.</summary>
/// <param name="decay">
/// Share of the average that remains at each step, 0 to 1, without bias correction: a run that starts from good weights needs thousands of
/// steps
/// to leave them, whatever its first noisy steps do.
/// </param>
internal sealed class WeightAverage(float decay)
{
    /// <summary>The average.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>Starts from the given weights.</summary>
    public void Start(ReadOnlySpan<float> weights) => Values = weights.ToArray();

    /// <summary>Updates the average with a step's weights.</summary>
    public void Add(ReadOnlySpan<float> weights)
    {
        var share = 1 - decay;
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= weights.Length - width; i += width)
        {
            var average = new Vector<float>(Values, i);
            (average + ((new Vector<float>(weights[i..]) - average) * share)).CopyTo(Values, i);
        }

        for (; i < weights.Length; i++)
        {
            Values[i] += (weights[i] - Values[i]) * share;
        }
    }
}
