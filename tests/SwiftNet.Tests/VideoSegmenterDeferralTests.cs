namespace SwiftNet.Tests;

/// <summary>Writes that are left for later since time is short.</summary>
public sealed class VideoSegmenterDeferralTests(ShippedModel shipped)
{
    // As in VideoSegmenterWriteTests.
    private const int Cells = 60;
    private const int Update = 6;

    private static readonly MemoryOptions s_everyThree = new() { Trigger = TriggerKind.Periodic, Interval = 3 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_due_frame_waits_and_is_what_the_next_write_takes(bool previousFrame)
    {
        using var run = new Run(shipped, Clip.One, s_everyThree with { PreviousFrame = previousFrame });
        run.Start();
        Follow(run, 1, 2);
        run.Step(3);
        run.Step(4);

        Assert.Equal(new MemoryWrite(3, WriteReason.Periodic, Update, null), run.Segmenter.Write());

        Assert.Null(run.Segmenter.Write());
        Assert.Equal(Cells + Update, run.Segmenter.MemoryPixels);
        run.Step(5);
        Assert.Null(run.Segmenter.Write());
        Assert.InRange(run.Clip.Jaccard(run.Ids, 5, 1), 0.7, 1);
    }

    [Fact]
    public void What_waited_is_written_as_it_would_have_been()
    {
        using var late = new Run(shipped, Clip.One, s_everyThree with { PreviousFrame = false });
        using var timely = new Run(shipped, Clip.One, s_everyThree with { PreviousFrame = false });
        late.Start();
        timely.Start();
        Follow(timely, 1, 3);
        Follow(late, 1, 2);
        late.Step(3);
        late.Step(4);
        late.Segmenter.Write();

        Assert.Equal(Stored(timely), Stored(late));
    }

    [Fact]
    public void Of_two_that_are_due_none_is_lost()
    {
        using var run = new Run(shipped, Clip.One, s_everyThree with { Interval = 1, PreviousFrame = false });
        run.Start();
        for (var t = 1; t <= 4; t++)
        {
            run.Step(t);
        }

        // Frames 1 and 2 made way for 3, which waits, and 4, which is the newest.
        Assert.Equal(Cells + (2 * Update), run.Segmenter.MemoryPixels);
        Assert.Equal(3, run.Segmenter.Write()!.Frame);
        Assert.Equal(4, run.Segmenter.Write()!.Frame);
        Assert.Null(run.Segmenter.Write());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_second_frame_left_out_the_object_is_followed(bool previousFrame)
    {
        using var run = new Run(shipped, Clip.Two, s_everyThree with { PreviousFrame = previousFrame });
        run.Start();
        for (var t = 1; t <= 14; t++)
        {
            run.Step(t);
            if (t % 2 == 0)
            {
                run.Segmenter.Write();
            }

            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 2), 0.7, 1);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_waits_is_written_for_those_that_it_has_seen_when_an_object_is_added_meanwhile(bool previousFrame)
    {
        using var run = new Run(shipped, Clip.Two, s_everyThree with { PreviousFrame = previousFrame });
        run.Start(run.Clip.Mask(0, 1, 1));
        Follow(run, 1, 2);
        run.Step(3);
        run.Step(4);
        run.Segmenter.Add(run.Clip.Mask(4, 1, 2));

        Assert.Equal(3, run.Segmenter.Write()!.Frame);
        run.Segmenter.Write();
        Assert.Equal([Cells + Update, Cells], run.Segmenter.State!.Memory.Objects.Select(o => o.Stored));
        Assert.Equal([1, 2], run.Step(5).Objects.Select(o => o.Id));
        run.Segmenter.Write();
        Assert.Equal(Cells + Update, run.Segmenter.MemoryPixels);
    }

    private static void Follow(Run run, int from, int to)
    {
        for (var t = from; t <= to; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
        }
    }

    private static byte[] Stored(Run run)
    {
        var memory = run.Segmenter.State!.Memory.Objects[0];
        return [.. memory.StoredKeys.bytes, .. memory.StoredValues.bytes];
    }
}
