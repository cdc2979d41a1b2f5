using SwiftNet.Memory;
using SwiftNet.Network;
using SwiftNet.Tests.Network;
using TorchSharp;

namespace SwiftNet.Tests.Memory;

/// <summary>Match: what memory says about a frame's pixels.</summary>
public sealed class PixelAdaptiveMemoryMatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(40)]
    public void Each_query_reads_the_softmax_weighted_mean_of_the_values(int cells)
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(cells, 1);
        using var memory = Memory(cells, first);

        Check(first.Keys, first.Values, Pixels.Random(cells, 2).Keys, memory);
    }

    [Fact]
    public void The_first_frame_the_updates_and_the_previous_frame_are_all_read()
    {
        const int Cells = 20;
        using var scope = torch.NewDisposeScope();
        Pixels[] frames = [Pixels.Random(Cells, 1), Pixels.Random(Cells, 2), Pixels.Random(Cells, 3)];
        using var memory = Memory(Cells, frames[0]);
        var chosen = memory.Update(Pixels.Frame(frames[1]), due: true)!.data<long>().ToArray();
        memory.Update(Pixels.Frame(frames[2]), due: false);

        float[][] Of(Func<Pixels, float[][]> rows) => [.. rows(frames[0]), .. chosen.Select(i => rows(frames[1])[i]), .. rows(frames[2])];

        Assert.Equal(Cells + 2 + Cells, memory.Objects[0].Matched);
        Check(Of(f => f.Keys), Of(f => f.Values), Pixels.Random(Cells, 4).Keys, memory);
    }

    [Fact]
    public void A_memory_too_large_for_one_block_is_read_the_same()
    {
        const int Cells = 1200;
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(Cells, 1);
        using var memory = Memory(Cells, first);
        memory.Update(Pixels.Frame(Pixels.Random(Cells, 2)), due: false);
        var query = Pixels.Tensor(Pixels.Random(Cells, 3).Keys);
        var read = torch.zeros(Cells, 128);

        memory.Read(memory.Objects[0], query, read);

        var expected = query.mm(memory.Objects[0].MatchedKeys.t()).softmax(1).mm(memory.Objects[0].MatchedValues);
        Assert.InRange(expected.sub(read).abs().max().item<float>(), 0, 1e-5f);
    }

    // Affinities of 200 and more: e to that power is no float32.
    [Fact]
    public void Large_affinities_neither_overflow_nor_end_in_NaN()
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Of(20, (i, c) => c == 0 ? 20 - i : 0, (i, c) => i + c);
        var query = Pixels.Of(20, (i, c) => c == 0 ? i - 10 : 0, (_, _) => 0).Keys;
        (query[0][0], query[1][0], query[2][0]) = (10, 1000, -1000);
        using var memory = Memory(20, first);

        Check(first.Keys, first.Values, query, memory);
    }

    [Fact]
    public void Places_that_hold_nothing_yet_get_no_weight()
    {
        // Every affinity is −50: an empty place's zero would take all the weight.
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Of(20, (_, c) => c == 0 ? -5 : 0, (_, _) => 3);
        using var memory = Memory(20, first);
        var query = Pixels.Tensor(Pixels.Of(20, (_, c) => c == 0 ? 10 : 0, (_, _) => 0).Keys);
        var read = torch.zeros(20, 128);

        memory.Read(memory.Objects[0], query, read);

        Assert.All(read.data<float>().ToArray(), value => Assert.Equal(3, value, 1e-5));
    }

    [Fact]
    public void Values_may_be_of_half_precision_and_the_softmax_is_not()
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(20, 1);
        using var memory = new PixelAdaptiveMemory(new MemoryOptions(), 20, NetworkWeights.Fast with { Type = torch.ScalarType.BFloat16 });
        memory.Add(1, Pixels.Tensor(first.Keys), Pixels.Tensor(first.Values));
        var read = torch.zeros([20, 128], torch.bfloat16);

        memory.Read(memory.Objects[0], Pixels.Tensor(first.Keys).mul(8), read);

        Assert.Equal(torch.float32, memory.Objects[0].MatchedKeys.dtype);
        float[][] query = Array.ConvertAll(first.Keys, key => Array.ConvertAll(key, number => number * 8));
        AssertClose(PlainMemory.Read(first.Keys, first.Values, query), Pixels.Rows(read), 0.02);
    }

    [Theory]
    [InlineData(0, 0f, 0.5)]
    [InlineData(6, 1f, 0.5)]
    [InlineData(6, 0f, 0.00247)] // 1 / (1 + e⁶)
    [InlineData(6, 0.5f, 0.04743)] // 1 / (1 + e³)
    [InlineData(6, 0f, 0.5, false)]
    public void Background_of_the_previous_frame_weighs_less_than_a_pixel_as_like_of_memory(
        double handicap, float covered, double share, bool seen = true)
    {
        using var scope = torch.NewDisposeScope();
        using var memory = new PixelAdaptiveMemory(new MemoryOptions { PreviousBackgroundPenalty = handicap }, 1, NetworkWeights.Fast);
        var keys = Pixels.Of(1, (_, _) => 1, (_, _) => 0);
        memory.Add(1, Pixels.Tensor(keys.Keys), Pixels.Tensor(keys.Values));
        memory.Update(
            Pixels.Frame(keys with { Values = Pixels.Of(1, (_, _) => 0, (_, _) => 1).Values }),
            due: false,
            covered: torch.tensor([covered], 1, 1));
        var read = torch.zeros(1, 128);

        memory.Read(memory.Objects[0], Pixels.Tensor(keys.Keys), read, handicap: seen);

        Assert.All(read.data<float>().ToArray(), value => Assert.Equal(share, value, 1e-5));
    }

    private static PixelAdaptiveMemory Memory(int cells, Pixels first)
    {
        var memory = new PixelAdaptiveMemory(new MemoryOptions(), cells, NetworkWeights.Fast);
        memory.Add(1, Pixels.Tensor(first.Keys), Pixels.Tensor(first.Values));
        return memory;
    }

    private static void Check(float[][] keys, float[][] values, float[][] query, PixelAdaptiveMemory memory)
    {
        var read = torch.zeros(query.Length, KeyValueHead.ValueChannels);

        memory.Read(memory.Objects[0], Pixels.Tensor(query), read);

        AssertClose(PlainMemory.Read(keys, values, query), Pixels.Rows(read), 1e-4);
    }

    private static void AssertClose(double[][] expected, float[][] found, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            for (var c = 0; c < expected[i].Length; c++)
            {
                Assert.Equal(expected[i][c], found[i][c], tolerance);
            }
        }
    }
}
