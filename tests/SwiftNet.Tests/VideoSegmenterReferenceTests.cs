using SwiftNet.Memory;

namespace SwiftNet.Tests;

/// <summary>Objects that are put right: their trusted references.</summary>
public sealed class VideoSegmenterReferenceTests(ShippedModel shipped)
{
    private const int Cells = 60;

    private static readonly MemoryOptions s_everyFrame = new() { Trigger = TriggerKind.Periodic, Interval = 1 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reference_goes_whole_into_memory_and_updates_never_evict_it(bool previousFrame)
    {
        using var run = new Run(shipped, Clip.Two, s_everyFrame with { PreviousFrame = previousFrame });
        run.Start();
        Follow(run, 1, 3);
        run.Segmenter.Reference(Frame(run, 2), run.Clip.Mask(2, 1, 2));
        var trusted = Trusted(run, 2, 2);

        // The object's mask on frame 3 was found before, so it is no longer the previous one.
        Assert.Equal(run.Segmenter.State!.Memory.Of(2).Stored, run.Segmenter.State.Memory.Of(2).Matched);
        Follow(run, 4, 14);

        Assert.Equal(trusted, Trusted(run, 2, 2));
        Assert.Equal([2 * Cells, 3 * Cells], run.Segmenter.State!.Memory.Objects.Select(o => o.Stored));
    }

    [Fact]
    public void Of_too_many_references_the_oldest_goes_and_the_first_frame_stays()
    {
        using var run = new Run(shipped, Clip.Two, s_everyFrame);
        run.Start();
        Follow(run, 1, 8);
        var first = Trusted(run, 1, 1);
        for (var t = 1; t <= 2 + ObjectMemory.MaxReferences; t++)
        {
            run.Segmenter.Reference(Frame(run, t), run.Clip.Mask(t, 1, 1));
        }

        using var other = new Run(shipped, Clip.Two, s_everyFrame);
        other.Start();
        Follow(other, 1, 8);
        for (var t = 3; t <= 2 + ObjectMemory.MaxReferences; t++)
        {
            other.Segmenter.Reference(Frame(run, t), run.Clip.Mask(t, 1, 1));
        }

        Assert.Equal(first, Trusted(run, 1, 1));
        Assert.Equal(Trusted(other, 1, 1 + ObjectMemory.MaxReferences), Trusted(run, 1, 1 + ObjectMemory.MaxReferences));
        Assert.Equal(ObjectMemory.MaxReferences + 1, run.Segmenter.State!.Given.All.Count(given => given.Ids.Contains((byte)1)));
        Follow(run, 9, 12);
    }

    [Fact]
    public void References_outlive_other_sizes_and_capacities()
    {
        using var run = new Run(shipped, Clip.Two, s_everyFrame);
        run.Start();
        Follow(run, 1, 3);
        run.Segmenter.Reference(Frame(run, 3), run.Clip.Mask(3, 1, 1));
        run.Segmenter.Reference(Frame(run, 3), run.Clip.Mask(3, 1, 1));

        run.Segmenter.ChangeCapacity(1.5);
        Assert.Equal(3 * Cells, Trusted(run, 1, 3).Length / sizeof(float) / 32);
        Assert.True(run.Segmenter.Resize(128, 80, 160, 96));
        Assert.True(run.Segmenter.Resize(160, 96, 160, 96));

        var memory = run.Segmenter.State!.Memory;
        Assert.Equal(2 * Cells, memory.Of(1).Stored - memory.Of(2).Stored);
    }

    private static void Follow(Run run, int from, int to)
    {
        for (var t = from; t <= to; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
        }

        Assert.InRange(run.Clip.Jaccard(run.Ids, to, 1), 0.7, 1);
        Assert.InRange(run.Clip.Jaccard(run.Ids, to, 2), 0.7, 1);
    }

    private static NetworkFrame Frame(Run run, int t) => new(run.Clip.Planes(t), run.Clip.Width, run.Clip.Height);

    private static byte[] Trusted(Run run, byte id, int frames) =>
        run.Segmenter.State!.Memory.Of(id).StoredKeys.narrow(0, 0, frames * Cells).bytes.ToArray();
}
