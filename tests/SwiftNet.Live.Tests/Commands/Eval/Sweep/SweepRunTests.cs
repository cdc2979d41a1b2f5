using SwiftNet.Imaging.Datasets;
using SwiftNet.Live.Commands.Eval.Sweep;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Commands.Eval.Sweep;

public sealed class SweepRunTests : IDisposable
{
    // 160x120 is padded to 160x128, which has 10x8 memory pixels; an update of a tenth writes 8 of them.
    private const int Cells = 80, Update = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly SwiftNetModel _model = SwiftNetModel.Load(
        Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors"), "cpu", threads: 1);
    private readonly IReadOnlyList<BenchmarkSequence> _sequences;

    public SweepRunTests()
    {
        SampleDataset.WriteDavis(_folder.Root, 12, "walk", "again");
        _sequences = DavisDataset.Open(_folder.Root, 2016, "val");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_memory_of_the_table_is_filled_as_its_name_says()
    {
        var rows = Run(new MemorySweep(new MemoryOptions { FrameThreshold = 0 }));

        Assert.Equal(
            ["no writes", "every 5 frames, whole", "every 5 frames, β 0.1", "trigger, whole", "trigger, β 0.1"],
            rows.Where(row => row.Setting.Memory.PreviousFrame).Select(row => row.Setting.Name));
        Assert.Equal(
            rows.Where(row => row.Setting.Memory.PreviousFrame).Select(row => row.Setting.Name),
            rows.Where(row => !row.Setting.Memory.PreviousFrame).Select(row => row.Setting.Name));
        foreach (var row in rows)
        {
            Assert.Equal(["walk", "again"], row.Results.Select(r => r.Name));
            Assert.All(row.Results, r => Assert.Equal(11, r.Steps.Count));
            Assert.InRange(row.Score, 0, 100);
            Assert.True(row.Rate > 0);

            // Frames 5 and 10, or as the trigger will; of whole frames memory holds one besides the first.
            foreach (var result in row.Results)
            {
                var (writes, pixels) = row.Setting.Name switch
                {
                    "no writes" => (0, Cells),
                    "every 5 frames, whole" => (2, 2 * Cells),
                    "every 5 frames, β 0.1" => (2, Cells + (2 * Update)),
                    "trigger, whole" => (result.Writes, 2 * Cells),
                    _ => (result.Writes, Cells + (Update * result.Writes)),
                };

                // With the previous frame on, what is due at the end is not in memory yet.
                var waits = row.Setting is { Name: "trigger, β 0.1", Memory.PreviousFrame: true } && result.Steps[^1].Written;
                Assert.Equal((writes, pixels), (result.Writes, result.MemoryPixels + (waits ? Update : 0)));
            }
        }

        Assert.All(
            rows.Where(row => row.Setting.Memory.Trigger == TriggerKind.Variation),
            row => Assert.InRange(row.Summary.WriteRate, 0.01, 0.99));
    }

    [Fact]
    public void Chance_writes_as_many_frames_of_each_sequence_as_its_trigger()
    {
        var rows = Run(new TriggerSweep(new MemoryOptions(), new TriggerGrid([0], [0.3], [1, 2], Draws: 2)));

        Assert.Equal(4 + (2 * 2 * 3), rows.Count);
        var chances = rows.Where(row => row.Setting.ChanceOf is not null).ToArray();
        Assert.Equal(8, chances.Length);
        foreach (var chance in chances)
        {
            var trigger = rows.Single(row => row.Setting == chance.Setting.ChanceOf);
            Assert.Equal(trigger.Results.Select(r => r.Writes), chance.Results.Select(r => r.Writes));
            Assert.Equal(trigger.Setting.Memory.PreviousFrame, chance.Setting.Memory.PreviousFrame);
            Assert.All(chance.Results, r => Assert.InRange(r.Writes, 1, 10));
        }

        // Two draws write other frames.
        Assert.Contains(chances.Chunk(2), two => !Written(two[0]).SequenceEqual(Written(two[1])));
        static IEnumerable<bool> Written(SweepRow row) => row.Results.SelectMany(r => r.Steps).Select(s => s.Written);
    }

    [Fact]
    public void Where_it_is_stopped_the_sequences_that_are_complete_are_kept()
    {
        using var stop = new CancellationTokenSource();
        var told = new List<int>();
        var run = new SweepRun(_sequences, _model, Small)
        {
            Starting = (sequence, setting) =>
            {
                if ((sequence, setting) == (1, 3))
                {
                    stop.Cancel();
                }
            },
            Completed = rows => told.Add(rows[0].Results.Count),
        };

        var rows = run.Run(new MemorySweep(new MemoryOptions()).Settings, stop.Token);

        Assert.Equal([1], told);
        Assert.All(rows, row => Assert.Equal("walk", Assert.Single(row.Results).Name));
    }

    private static Settings Small => new() { Segment = new SegmentOptions { Size = new FrameSize(160, 128) } };

    private IReadOnlyList<SweepRow> Run(ISweep sweep) =>
        new SweepRun(_sequences, _model, Small).Run(sweep.Settings, CancellationToken.None);
}
