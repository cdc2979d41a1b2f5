using System.Numerics;

namespace SwiftNet.Training.Optimisation;

/// <summary>An exponential moving average of the weights: what is measured and shipped.</summary>
/// <param name="decay">
/// Share that stays at each step, 0 to 1, from the first step on: a run that goes on from good weights takes thousands of steps
/// to leave them, whatever its first noisy steps do.
/// </param>
internal sealed class WeightAverage(float decay)
{
    /// <summary>The average.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>Starts from the given weights.</summary>
    public void Start(ReadOnlySpan<float> weights) => Values = weights.ToArray();

    /// <summary>Takes a step's weights in.</summary>
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
