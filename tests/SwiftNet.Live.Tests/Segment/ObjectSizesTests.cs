using SwiftNet.Live.Segment;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>How small the network's picture may get for the followed objects, on masks of 320 columns.</summary>
public sealed class ObjectSizesTests
{
    private const int Width = 320;
    private readonly ObjectSizes _sizes = new();

    [Theory]
    [InlineData(128, 1, 0.5)]
    [InlineData(128, 0.5, 1)]
    [InlineData(160, 1, 0.4)]
    [InlineData(64, 1, 1)]
    [InlineData(20, 1, 1)]
    public void An_object_keeps_four_cells_of_sixteen_pixels_a_side_or_its_full_size(int side, double magnification, double scale)
    {
        Measure((1, side));

        Assert.Equal(scale, _sizes.LeastScale(_ => magnification), 6);
    }

    [Fact]
    public void The_smallest_object_decides()
    {
        Measure((1, 160), (2, 100));

        Assert.Equal(0.64, _sizes.LeastScale(_ => 1), 6);
    }

    [Fact]
    public void Without_an_object_every_size_is_allowed()
    {
        Measure();

        Assert.Equal(0, _sizes.LeastScale(_ => 1));
    }

    [Fact]
    public void An_object_out_of_sight_keeps_its_size_and_one_that_is_removed_does_not()
    {
        Measure((1, 160), (2, 100));

        Measure((1, 160), (2, 0));
        Assert.Equal(0.64, _sizes.LeastScale(_ => 1), 6);

        Measure((1, 160));
        Assert.Equal(0.4, _sizes.LeastScale(_ => 1), 6);
    }

    [Fact]
    public void An_object_that_is_hidden_for_a_moment_does_not_count_as_small_but_one_that_stays_small_does()
    {
        Measure((1, 160));

        Measure((1, 20));
        Assert.InRange(_sizes.LeastScale(_ => 1), 0.4, 0.5);

        for (var i = 0; i < 30; i++)
        {
            Measure((1, 20));
        }

        Assert.Equal(1, _sizes.LeastScale(_ => 1));
    }

    // Squares, one below the other.
    private void Measure(params (byte Id, int Side)[] squares)
    {
        var ids = new byte[Width * squares.Sum(s => s.Side)];
        var row = 0;
        foreach (var (id, side) in squares)
        {
            for (var y = 0; y < side; y++, row++)
            {
                ids.AsSpan(row * Width, side).Fill(id);
            }
        }

        using var frame = Frames.Plain(Width, ids.Length / Width, (0, 0, 0)).With(
            ids, objects: [.. squares.Select(s => new ObjectConfidence(s.Id, 1))]);
        _sizes.Measure(frame.Mask!);
    }
}
