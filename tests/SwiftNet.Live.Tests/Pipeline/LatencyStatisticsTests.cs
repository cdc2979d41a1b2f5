using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class LatencyStatisticsTests
{
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(5000)]
    public void Percentiles_are_within_two_percent_of_the_exact_ones(double unitMilliseconds)
    {
        var statistics = new LatencyStatistics();
        for (var i = 1000; i > 0; i--)
        {
            statistics.Add(TimeSpan.FromMilliseconds(i * unitMilliseconds));
        }

        var snapshot = statistics.Snapshot();

        Assert.Equal(1000, snapshot.Count);
        Near(500 * unitMilliseconds, snapshot.Median);
        Near(950 * unitMilliseconds, snapshot.P95);
        Near(990 * unitMilliseconds, snapshot.P99);
    }

    [Fact]
    public void Absurd_latencies_are_counted_at_the_ends()
    {
        var statistics = new LatencyStatistics();
        statistics.Add(TimeSpan.FromDays(1000));
        statistics.Add(TimeSpan.FromMilliseconds(-5));

        var snapshot = statistics.Snapshot();

        Assert.Equal(2, snapshot.Count);
        Assert.Equal(TimeSpan.Zero, snapshot.Median);
        Assert.True(snapshot.P99 > TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void What_came_since_can_be_told_alone()
    {
        var statistics = new LatencyStatistics();
        statistics.Add(TimeSpan.FromSeconds(9));
        var before = statistics.Counts();
        statistics.Add(TimeSpan.FromMilliseconds(30));

        Assert.Equal(1, statistics.Snapshot(before).Count);
        Near(30, statistics.Snapshot(before).P99);
        Assert.Equal(2, statistics.Snapshot().Count);
    }

    [Fact]
    public void Without_latencies_it_says_none() => Assert.Equal("none", new LatencyStatistics().Snapshot().ToString());

    private static void Near(double milliseconds, TimeSpan actual) =>
        Assert.InRange(actual.TotalMilliseconds, milliseconds * 0.98 - 0.001, milliseconds * 1.02 + 0.001);
}
