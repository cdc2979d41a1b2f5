using System.Numerics;
using SwiftNet.Training.Network;

namespace SwiftNet.Training.Optimisation;

/// <summary>Adam with decoupled weight decay over one contiguous block.</summary>
/// <param name="count">Number of values.</param>
internal sealed class AdamW(int count)
{
    private const float FirstDecay = 0.9f, SecondDecay = 0.999f, Epsilon = 1e-8f;

    /// <summary>First moment: running mean of the gradient.</summary>
    public float[] First { get; } = new float[count];

    /// <summary>Second moment: running mean of the squared gradient.</summary>
    public float[] Second { get; } = new float[count];

    /// <summary>Number of updates so far.</summary>
    public int Updates { get; set; }

    /// <summary>Begins an update of all groups.</summary>
    public void Begin() => Updates++;

    /// <summary>Updates the weights of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="weights">All weights.</param>
    /// <param name="gradient">All gradients.</param>
    /// <param name="scale">Factor on gradients; below 1 when the norm is clipped.</param>
    /// <param name="rate">The group's learning rate.</param>
    /// <param name="decay">Weight decay, in units of the learning rate.</param>
    public void Update(ParameterGroup group, Span<float> weights, ReadOnlySpan<float> gradient, float scale, float rate, float decay)
    {
        var step = rate / (1 - MathF.Pow(FirstDecay, Updates));
        var correction = 1 / MathF.Sqrt(1 - MathF.Pow(SecondDecay, Updates));
        var keep = 1 - (rate * (group.Decays ? decay : 0));
        var first = First.AsSpan(group.Offset, group.Count);
        var second = Second.AsSpan(group.Offset, group.Count);
        weights = weights.Slice(group.Offset, group.Count);
        gradient = gradient.Slice(group.Offset, group.Count);
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= weights.Length - width; i += width)
        {
            var g = new Vector<float>(gradient[i..]) * scale;
            var m = (new Vector<float>(first[i..]) * FirstDecay) + (g * (1 - FirstDecay));
            var v = (new Vector<float>(second[i..]) * SecondDecay) + (g * g * (1 - SecondDecay));
            var w =
                (new Vector<float>(weights[i..]) * keep) - (m * step / ((Vector.SquareRoot(v) * correction) + new Vector<float>(Epsilon)));
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            w.CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradient[i] * scale;
            first[i] = (first[i] * FirstDecay) + (g * (1 - FirstDecay));
            second[i] = (second[i] * SecondDecay) + (g * g * (1 - SecondDecay));
            weights[i] = (weights[i] * keep) - (first[i] * step / ((MathF.Sqrt(second[i]) * correction) + Epsilon));
        }
    }
}
