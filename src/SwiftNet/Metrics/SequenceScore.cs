namespace SwiftNet.Metrics;

/// <summary>What the DAVIS evaluator says of one object's J or F over a sequence.</summary>
/// <param name="Mean">The mean, 0 to 1.</param>
/// <param name="Recall">The share of frames above one half, 0 to 1.</param>
/// <param name="Decay">The mean of the first quarter less that of the last, -1 to 1: what is lost on the way.</param>
public readonly record struct SequenceScore(double Mean, double Recall, double Decay)
{
    private const double RecallThreshold = 0.5;

    /// <summary>Sums up one value a frame.</summary>
    /// <param name="values">In order of frames; at least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SequenceScore Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("A sequence without a scored frame has no score.", nameof(values));
        }

        var above = 0;
        foreach (var value in values)
        {
            above += value > RecallThreshold ? 1 : 0;
        }

        // The evaluator's quarters share their ends: each holds its last frame, which is the next one's first.
        var first = values[..(QuarterEnd(values.Length, 1) + 1)];
        var last = values[QuarterEnd(values.Length, 3)..];
        return new SequenceScore(MeanOf(values), (double)above / values.Length, MeanOf(first) - MeanOf(last));
    }

    /// <summary>The mean of several scores, as the evaluator takes it over objects.</summary>
    /// <param name="scores">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SequenceScore Average(IReadOnlyCollection<SequenceScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Count == 0
            ? throw new ArgumentException("There is no score to take the mean of.", nameof(scores))
            : new SequenceScore(scores.Average(s => s.Mean), scores.Average(s => s.Recall), scores.Average(s => s.Decay));
    }

    private static int QuarterEnd(int count, int quarter) => (int)Math.Round(1 + ((count - 1) * quarter / 4.0) + 1e-10) - 1;

    private static double MeanOf(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
