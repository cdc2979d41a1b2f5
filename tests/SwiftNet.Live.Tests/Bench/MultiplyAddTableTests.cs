using SwiftNet.Live.Bench;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Bench;

/// <summary>The counts that a real run made, against those worked out by hand from the network's definition.</summary>
[Collection(CountsTensors.Name)]
public sealed class MultiplyAddTableTests
{
    // 320x176, 10⁹: encoder, query heads, decoder's frame branches once; for each object light-aggregation encoder and memory
    // heads, match over two frames' worth of memory, ASPP, the rest of the decoder.
    private static readonly double[] s_once = [1.57, 0.08, 0.52];
    private static readonly double[] s_anObject = [0.95, 0.02, 0.22, 0.36];

    [Theory]
    [InlineData(1, 3.72)]
    [InlineData(3, 6.80)]
    public void Counted_multiply_adds_are_those_of_the_definition(int objects, double all)
    {
        var settings = new Settings
        {
            Segment = new SegmentOptions { Precision = Precision.Float32 },
            Memory = new MemoryOptions { CapacityFrames = 1, Trigger = TriggerKind.Never },
        };

        var result = BenchRun.Measure(
            settings, new BenchCase(new FrameSize(320, 176), objects, PreviousFrame: true, BenchPath.Fast), frames: 2);

        var parts = MultiplyAddTable.ByPartAsDefined(result.MultiplyAdds, objects);
        double[] expected = [.. s_once, .. s_anObject.Select(part => part * objects)];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(parts[i].MultiplyAdds / 1e9, expected[i] - (0.006 * objects), expected[i] + (0.006 * objects));
        }

        Assert.InRange(parts.Sum(p => p.MultiplyAdds) / 1e9, all - 0.01, all + 0.01);
        Assert.InRange(MultiplyAddTable.ByPart(result.MultiplyAdds).Sum(p => p.MultiplyAdds), 0, all * 1e9);
    }

    [Fact]
    public void A_measurement_holds_every_part_of_every_frame_and_leaves_no_tensor_behind()
    {
        var settings = new Settings { Segment = new SegmentOptions { Precision = Precision.Float32 } };
        var bench = new BenchCase(new FrameSize(96, 64), 2, PreviousFrame: false, BenchPath.Fast);

        var first = BenchRun.Measure(settings, bench, frames: 3);
        var second = BenchRun.Measure(settings, bench, frames: 30);

        Assert.All(second.Parts.Values, samples => Assert.Equal(30, samples.Length));
        Assert.Equal(["total", "preprocess", "encode", "match", "decode", "postprocess", "write"], second.Parts.Keys);
        Assert.Equal(first.LiveTensors, second.LiveTensors);
    }
}

/// <summary>Tests that count the process's tensors, and so run while no other test makes any.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsTensors
{
    internal const string Name = "counts tensors";
}
