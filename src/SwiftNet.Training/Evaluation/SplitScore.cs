using SwiftNet.Imaging.Scoring;

namespace SwiftNet.Training.Evaluation;

/// <summary>What a sequence's objects came to.</summary>
/// <param name="Name">The sequence.</param>
/// <param name="Objects">Its objects.</param>
/// <param name="Shares">Of each object, the share of the first picture that it covers.</param>
internal sealed record SequenceOutcome(string Name, IReadOnlyList<ObjectScores> Objects, IReadOnlyList<double> Shares)
{
    /// <summary>The outcome of those objects alone that cover a share from <paramref name="least"/> to below <paramref name="most"/>.</summary>
    public SequenceOutcome OfSize(double least, double most)
    {
        var kept = Enumerable.Range(0, Objects.Count).Where(i => Shares[i] >= least && Shares[i] < most).ToArray();
        return new SequenceOutcome(Name, [.. kept.Select(i => Objects[i])], [.. kept.Select(i => Shares[i])]);
    }
}

/// <summary>Means over the objects of several sequences, times 100.</summary>
internal sealed class SplitScore
{
    private readonly ObjectScores[] _objects;

    /// <summary>Sums up.</summary>
    public SplitScore(IEnumerable<SequenceOutcome> sequences) => _objects = [.. sequences.SelectMany(s => s.Objects)];

    /// <summary>Objects.</summary>
    public int Count => _objects.Length;

    /// <summary>Region similarity.</summary>
    public double J => 100 * _objects.Average(o => o.J.Mean);

    /// <summary>Boundary accuracy.</summary>
    public double F => 100 * _objects.Average(o => o.F.Mean);

    /// <summary>Their mean.</summary>
    public double Both => (J + F) / 2;

    /// <summary>J over the first fifth of each object's frames.</summary>
    public double FirstFifth => 100 * _objects.Average(o => o.FirstFifth);

    /// <summary>J over the last fifth.</summary>
    public double LastFifth => 100 * _objects.Average(o => o.LastFifth);
}
