namespace SwiftNet.Tests;

/// <summary>When and what is written to memory while a video runs.</summary>
public sealed class VideoSegmenterWriteTests(ShippedModel shipped)
{
    // 160x96 has 10x6 memory pixels; an update of a tenth writes 6 of them.
    private const int Cells = 60;
    private const int Update = 6;
    private const float CameraNoise = 2 / 255f;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Periodic_writes_come_every_n_frames(bool previousFrame)
    {
        using var run = new Run(
            shipped, Clip.One, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 3, PreviousFrame = previousFrame });
        run.Start();
        Assert.Equal(Cells, run.Segmenter.MemoryPixels);
        for (var t = 1; t <= 10; t++)
        {
            var due = run.Step(t).Due;
            var written = run.Segmenter.Write();

            Assert.Equal(t % 3 == 0 ? WriteReason.Periodic : WriteReason.None, due);
            Assert.Equal(t % 3 == 0 ? new MemoryWrite(t, WriteReason.Periodic, Update, null) : null, written);

            // With the previous frame on, what was due at t is in memory after t + 1.
            Assert.Equal(Cells + (Update * ((previousFrame ? t - 1 : t) / 3)), run.Segmenter.MemoryPixels);
        }
    }

    [Fact]
    public void A_memory_that_is_never_written_keeps_its_first_frame()
    {
        using var run = new Run(shipped, Clip.One, new MemoryOptions { Trigger = TriggerKind.Never });
        run.Start();
        for (var t = 1; t <= 5; t++)
        {
            Assert.Equal(WriteReason.None, run.Step(t, light: t % 2 == 0 ? 0.2f : 1).Due);
            Assert.Null(run.Segmenter.Write());
        }

        Assert.Equal(Cells, run.Segmenter.MemoryPixels);
    }

    [Fact]
    public void A_schedule_decides_in_the_triggers_place()
    {
        using var run = new Run(
            shipped, Clip.One, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 1, PreviousFrame = false });
        run.Segmenter.Schedule = frame => frame is 2 or 3;
        run.Start();
        for (var t = 1; t <= 5; t++)
        {
            Assert.Equal(t is 2 or 3 ? WriteReason.Periodic : WriteReason.None, run.Step(t).Due);
            Assert.Equal(t is 2 or 3, run.Segmenter.Write() is not null);
        }
    }

    [Fact]
    public void A_full_update_writes_every_memory_pixel()
    {
        using var run = new Run(shipped, Clip.One, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 1, Update = UpdateKind.Full, PreviousFrame = false, CapacityFrames = 3 });
        run.Start();
        for (var t = 1; t <= 4; t++)
        {
            run.Step(t);
            Assert.Equal(Cells, run.Segmenter.Write()!.PixelCount);
            Assert.Equal(Cells * Math.Min(t + 1, 3), run.Segmenter.MemoryPixels);
        }
    }

    [Fact]
    public void Write_without_a_step_or_a_due_frame_writes_nothing()
    {
        using var run = new Run(
            shipped, Clip.One, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 2, PreviousFrame = false });
        run.Start();
        Assert.Null(run.Segmenter.Write());
        run.Step(1);
        Assert.Null(run.Segmenter.Write());
        run.Step(2);
        Assert.NotNull(run.Segmenter.Write());
        Assert.Null(run.Segmenter.Write());
        Assert.Equal(Cells + Update, run.Segmenter.MemoryPixels);
    }

    [Fact]
    public void The_cells_that_were_written_are_reported_where_that_is_asked_for()
    {
        using var run = new Run(shipped, Clip.Two, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 1, ReportPixels = true });
        run.Start();
        run.Step(1);

        var written = run.Segmenter.Write()!;

        Assert.Equal((10, 6), (written.Pixels!.Width, written.Pixels.Height));
        Assert.All(written.Pixels.Ids, cell => Assert.InRange(cell, 0, 1));

        // Each of two objects chose six, some of them perhaps the same.
        Assert.InRange(written.Pixels.Ids.Count(cell => cell == 1), Update, 2 * Update);
    }

    // At the defaults, and where the trigger is set to see much less, with and without the previous frame.
    [Theory]
    [InlineData(500, true, 0.3, 1.5)]
    [InlineData(100, true, 0.3, 0.1)]
    [InlineData(100, false, 0.3, 0.1)]
    public void A_static_clip_with_camera_noise_is_never_written(int frames, bool previousFrame, double frameThreshold, double areaShare)
    {
        using var run = new Run(
            shipped,
            Clip.Still,
            new MemoryOptions { PreviousFrame = previousFrame, FrameThreshold = frameThreshold, WriteAreaThreshold = areaShare });
        run.Start();
        for (var t = 1; t <= frames; t++)
        {
            var result = run.Step(t, noise: CameraNoise);

            // All that ever varies are pixels at the object's edge, once, from the given mask to the first one found; a video begins with
            // half of the share.
            Assert.InRange(result.Variation - (areaShare / 2), 0, 0.05);
            Assert.Equal(WriteReason.None, result.Due);
            Assert.Null(run.Segmenter.Write());
        }

        Assert.InRange(run.Clip.Jaccard(run.Ids, 0, 1), 0.8, 1);
    }

    [Fact]
    public void The_static_clip_runs_at_the_defaults() =>
        Assert.Equal(
            (0.3, 0.3, 1.5),
            (new MemoryOptions().FrameThreshold, new MemoryOptions().MaskThreshold, new MemoryOptions().WriteAreaThreshold));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_object_that_changes_all_at_once_is_written_at_once_by_a_watchful_trigger(bool turns)
    {
        using var run = new Run(shipped, Clip.Still, new MemoryOptions { FrameThreshold = 0.3, WriteAreaThreshold = 0.1 });
        run.Start();
        for (var t = 1; t <= 3; t++)
        {
            run.Step(t, noise: CameraNoise);
            Assert.Null(run.Segmenter.Write());
        }

        Assert.Equal(WriteReason.Variation, run.Step(4, turns ? 1 : 0.4f, CameraNoise, turns).Due);
        Assert.Equal(WriteReason.Variation, run.Segmenter.Write()!.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_object_that_keeps_darkening_or_turning_is_written_at_the_defaults(bool turns)
    {
        using var run = new Run(shipped, Clip.Still);
        run.Start();
        var writes = 0;
        for (var t = 1; t <= 24; t++)
        {
            var changed = t % 2 == 0;
            run.Step(t, changed && !turns ? 0.2f : 1, CameraNoise, changed && turns);
            writes += run.Segmenter.Write() is { Reason: WriteReason.Variation } ? 1 : 0;
        }

        Assert.InRange(writes, 1, 12);
    }
}
