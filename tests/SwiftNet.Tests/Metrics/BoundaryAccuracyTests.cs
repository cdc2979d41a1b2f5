using SwiftNet.Metrics;

namespace SwiftNet.Tests.Metrics;

public sealed class BoundaryAccuracyTests
{
    private readonly BoundaryAccuracy _onePixel = new(100, 60, 1);

    [Fact]
    public void Equal_objects_score_1() => Assert.Equal(1, _onePixel.Measure(Box(20, 20), Box(20, 20)));

    [Fact]
    public void A_shift_within_the_tolerance_costs_nothing_and_a_far_one_all()
    {
        Assert.Equal(1, _onePixel.Measure(Box(20, 20), Box(21, 20)));
        Assert.Equal(0, _onePixel.Measure(Box(10, 10), Box(60, 40)));
    }

    [Fact]
    public void Precision_and_recall_are_weighed_equally()
    {
        // The truth's outline and a second one as long, far off: precision 1/2, recall 1.
        var two = Box(20, 20);
        foreach (var (id, i) in Box(60, 40).Select((id, i) => (id, i)))
        {
            two[i] |= id;
        }

        Assert.Equal(2 * 0.5 / 1.5, _onePixel.Measure(Box(20, 20), two), 12);
        Assert.Equal(2 * 0.5 / 1.5, _onePixel.Measure(two, Box(20, 20)), 12);
    }

    [Fact]
    public void Nothing_against_nothing_is_1_and_nothing_against_something_0()
    {
        var nothing = new byte[100 * 60];

        Assert.Equal(1, _onePixel.Measure(nothing, nothing));
        Assert.Equal(0, _onePixel.Measure(nothing, Box(20, 20)));
        Assert.Equal(0, _onePixel.Measure(Box(20, 20), nothing));
    }

    [Fact]
    public void The_default_tolerance_is_a_share_of_the_diagonal_rounded_up()
    {
        // The diagonal of 100x60 is 116.6, of which 0.008 is 0.93: one pixel.
        var byDiagonal = new BoundaryAccuracy(100, 60);

        Assert.Equal(1, byDiagonal.Measure(Box(20, 20), Box(21, 20)));
        Assert.Equal(_onePixel.Measure(Box(20, 20), Box(22, 20)), byDiagonal.Measure(Box(20, 20), Box(22, 20)));
        Assert.True(byDiagonal.Measure(Box(20, 20), Box(22, 20)) < 1);
    }

    [Fact]
    public void A_picture_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => _onePixel.Measure(new byte[7], Box(20, 20)));

    private static byte[] Box(int x, int y)
    {
        var mask = new byte[100 * 60];
        for (var row = y; row < y + 12; row++)
        {
            mask.AsSpan((row * 100) + x, 12).Fill(1);
        }

        return mask;
    }
}
