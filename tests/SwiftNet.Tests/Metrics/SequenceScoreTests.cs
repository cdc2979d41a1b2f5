using SwiftNet.Metrics;

namespace SwiftNet.Tests.Metrics;

public sealed class SequenceScoreTests
{
    [Fact]
    public void Recall_counts_values_above_one_half()
    {
        var score = SequenceScore.Of([0.5, 0.6, 0.4, 0.9]);

        Assert.Equal(0.6, score.Mean, 12);
        Assert.Equal(0.5, score.Recall, 12);
    }

    [Theory]
    // Quarters of 9 values: 0-2, 2-4, 4-6, 6-8; of 6: linspace 1, 2.25, 3.5, 4.75, 6 rounds to 1, 2, 4, 5, 6.
    [InlineData(new[] { 1.0, 1, 1, 0.5, 0.5, 0.5, 0, 0, 0 }, 1)]
    [InlineData(new[] { 0.9, 0.8, 0, 0, 0.3, 0.1 }, 0.85 - 0.2)]
    [InlineData(new[] { 0.7 }, 0)]
    [InlineData(new[] { 0.2, 0.8 }, 0.2 - 0.8)]
    public void Decay_is_the_first_quarter_less_the_last(double[] values, double expected) =>
        Assert.Equal(expected, SequenceScore.Of(values).Decay, 12);

    [Fact]
    public void A_sequence_without_values_is_refused() => Assert.Throws<ArgumentException>(() => SequenceScore.Of([]));

    [Fact]
    public void The_average_is_taken_part_by_part() =>
        Assert.Equal(new SequenceScore(0.5, 0.75, 0.25), SequenceScore.Average([new(0.25, 0.5, 0.5), new(0.75, 1, 0)]));
}
