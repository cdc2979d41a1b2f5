using SwiftNet.Metrics;

namespace SwiftNet.Tests.Metrics;

public sealed class RegionSimilarityTests
{
    [Theory]
    [InlineData(new byte[] { 1, 1, 0, 0 }, new byte[] { 0, 1, 1, 0 }, 1 / 3.0)]
    [InlineData(new byte[] { 1, 1, 0, 0 }, new byte[] { 1, 1, 0, 0 }, 1)]
    [InlineData(new byte[] { 1, 1, 0, 0 }, new byte[] { 0, 0, 1, 1 }, 0)]
    [InlineData(new byte[] { 1, 0, 0, 0 }, new byte[] { 0, 0, 0, 0 }, 0)]
    [InlineData(new byte[] { 0, 0, 0, 0 }, new byte[] { 0, 0, 0, 0 }, 1)]
    public void Is_intersection_over_union_and_1_where_both_are_empty(byte[] truth, byte[] result, double expected) =>
        Assert.Equal(expected, RegionSimilarity.Measure(truth, result), 12);

    [Fact]
    public void Any_id_above_0_is_inside() => Assert.Equal(0.5, RegionSimilarity.Measure([255, 0, 2], [1, 0, 0]), 12);

    [Fact]
    public void Pictures_of_two_sizes_are_refused() => Assert.Throws<ArgumentException>(() => RegionSimilarity.Measure([1, 0], [1]));
}
