using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests;

/// <summary>The order of calls and what comes out of them, with the weights that are shipped.</summary>
public sealed class VideoSegmenterTests(ShippedModel shipped)
{
    private static readonly MemoryOptions s_everyTwo = new() { Trigger = TriggerKind.Periodic, Interval = 2 };

    [Fact]
    public void Nothing_works_before_start_or_after_reset()
    {
        using var run = new Run(shipped, Clip.One);
        Assert.False(run.Segmenter.Started);
        Refused();
        run.Start();
        Assert.True(run.Segmenter.Started);
        run.Segmenter.Reset();
        Refused();

        void Refused()
        {
            Assert.Throws<InvalidOperationException>(() => run.Step(1));
            Assert.Throws<InvalidOperationException>(run.Segmenter.Write);
            Assert.Throws<InvalidOperationException>(() => run.Segmenter.Add(run.Clip.Mask(0)));
            Assert.Equal(0, run.Segmenter.MemoryPixels);
        }
    }

    [Fact]
    public void An_empty_mask_is_refused()
    {
        using var run = new Run(shipped, Clip.One);

        var error = Assert.Throws<ArgumentException>(() => run.Start(new IdMask(160, 96, new byte[160 * 96])));

        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
        Assert.False(run.Segmenter.Started);
    }

    [Fact]
    public void Frames_results_and_masks_of_another_size_are_refused_and_change_nothing()
    {
        using var run = new Run(shipped, Clip.One);
        using var undisturbed = new Run(shipped, Clip.One);
        run.Start();
        undisturbed.Start();

        Assert.Contains(
            "80x96",
            Assert.Throws<ArgumentException>(() => run.Segmenter.Step(new NetworkFrame(new float[3 * 80 * 96], 80, 96), run.Ids)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "100 ids",
            Assert.Throws<ArgumentException>(
                () => run.Segmenter.Step(new NetworkFrame(run.Clip.Planes(1), 160, 96), new byte[100])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "80x48",
            Assert.Throws<ArgumentException>(() => run.Segmenter.Add(new IdMask(80, 48, new byte[80 * 48]))).Message,
            StringComparison.Ordinal);

        Assert.Equal(1, run.Step(1).Frame);
        undisturbed.Step(1);
        Assert.Equal(undisturbed.Probabilities, run.Probabilities);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Started_again_it_finds_the_same_bit_for_bit(bool reset)
    {
        using var run = new Run(shipped, Clip.Two, s_everyTwo);
        var first = Results();
        if (reset)
        {
            run.Segmenter.Reset();
        }

        Assert.Equal(first, Results());

        float[][] Results()
        {
            run.Start();
            return [.. Enumerable.Range(1, 5).Select(t =>
            {
                run.Step(t);
                run.Segmenter.Write();
                return run.Probabilities;
            })];
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(9, 5)]
    [InlineData(17, 33)]
    [InlineData(100, 16)]
    [InlineData(15, 100)]
    public void Small_frames_of_any_shape_are_segmented(int width, int height)
    {
        using var run = new Run(shipped, new Clip(width, height, new Clip.Square(2, 1, 0, 0, 6, 0.9f, 0.2f, 0.15f)), s_everyTwo);
        run.Start();
        for (var t = 1; t <= 4; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
        }

        Assert.All(run.Probabilities, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void Objects_are_followed_and_their_confidence_is_a_probability()
    {
        using var run = new Run(shipped, Clip.Two);
        run.Start();
        for (var t = 1; t <= 12; t++)
        {
            var result = run.Step(t);
            run.Segmenter.Write();

            Assert.Equal(t, result.Frame);
            Assert.Equal([1, 2], result.Objects.Select(o => o.Id));
            Assert.All(result.Objects, o => Assert.InRange(o.Confidence, 0.5f, 1));
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 2), 0.7, 1);
        }
    }

    [Fact]
    public void An_object_that_is_gone_has_no_pixel_and_no_confidence()
    {
        using var run = new Run(shipped, Clip.One);
        var empty = new Clip(160, 96);
        run.Start();

        var result = run.Segmenter.Step(new NetworkFrame(empty.Planes(1), 160, 96), run.Ids);

        Assert.DoesNotContain((byte)1, run.Ids);
        Assert.Equal(0, result.Objects[0].Confidence);
    }

    [Fact]
    public void An_object_added_later_is_followed_and_leaves_the_others_memory_bit_for_bit()
    {
        using var run = new Run(shipped, Clip.Two, s_everyTwo);
        run.Start(run.Clip.Mask(0, 1, 1));

        // Early: the shipped weights lose the lone square for frames at a time, whether another is added or not.
        run.Step(1);
        var before = Memory();
        run.Segmenter.Add(run.Clip.Mask(1));
        Assert.Equal(before, Memory());

        // What is given again is followed already.
        run.Segmenter.Add(run.Clip.Mask(1));
        Assert.Equal(2, run.Segmenter.State!.Memory.Objects.Count);
        run.Segmenter.Write();
        for (var t = 2; t <= 12; t++)
        {
            Assert.Equal([1, 2], run.Step(t).Objects.Select(o => o.Id));
            run.Segmenter.Write();
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 2), 0.7, 1);
        }

        byte[] Memory()
        {
            var memory = run.Segmenter.State!.Memory.Objects[0];
            return [.. memory.MatchedKeys.bytes, .. memory.MatchedValues.bytes];
        }
    }

    [Fact]
    public void Ids_of_a_larger_mask_come_from_up_sampled_probabilities()
    {
        using var run = new Run(shipped, Clip.Two);
        run.Start(run.Clip.Mask(0, scale: 2));
        var ids = new byte[320 * 192];

        run.Segmenter.Step(new NetworkFrame(run.Clip.Planes(3), 160, 96), ids);

        using var maps = run.Segmenter.State!.Probabilities.unsqueeze(0);
        var full = Network.PlainMap.Of(maps).UpSample(2);
        var differing = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            var (one, two) = (full.Values[i], full.Values[ids.Length + i]);
            var background = 1 - one - two;
            var likeliest = one > background && one >= two ? 1 : two > background ? 2 : 0;
            differing += likeliest == ids[i] ? 0 : 1;
        }

        // A handful may tie within rounding.
        Assert.InRange(differing, 0, 5);
        Assert.Contains(Enumerable.Range(0, ids.Length), i => i % 2 == 0 && ids[i] != ids[i + 1]);
    }

    [Fact]
    public void Ids_are_those_of_the_mask_and_their_order_does_not_matter()
    {
        using var run = new Run(shipped, Clip.Two);
        using var other = new Run(shipped, Clip.Two);
        run.Start();
        other.Start(new IdMask(160, 96, Array.ConvertAll(run.Clip.Mask(0).Ids, id => id switch { 1 => (byte)250, 2 => (byte)7, _ => id })));
        for (var t = 1; t <= 3; t++)
        {
            run.Step(t);
            Assert.Equal([7, 250], other.Step(t).Objects.Select(o => o.Id));
            run.Segmenter.Write();
            other.Segmenter.Write();

            var renamed = Array.ConvertAll(run.Ids, id => id switch { 1 => (byte)250, 2 => (byte)7, _ => id });
            Assert.InRange(renamed.Zip(other.Ids).Count(pair => pair.First != pair.Second), 0, 10);
        }
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Int8)]
    public void Other_formats_agree_with_float32_on_nearly_all_pixels(Precision precision)
    {
        var format = precision.ToString().ToLowerInvariant();
        Assert.SkipUnless(
            Array.Exists(FormatTimer.Measure(), t => t.Format == format),
            $"this processor or this libtorch has no convolutions in {format}");
        using var half = SwiftNetModel.Load(ShippedModel.Path, "cpu", precision);
        using var exact = new Run(shipped, Clip.Two);
        using var rounded = new Run(half, Clip.Two);
        exact.Start();
        rounded.Start();
        for (var t = 1; t <= 10; t++)
        {
            exact.Step(t);
            rounded.Step(t);
            exact.Segmenter.Write();
            rounded.Segmenter.Write();

            var equal = exact.Ids.Zip(rounded.Ids).Count(pair => pair.First == pair.Second);
            Assert.InRange(equal, (int)(0.99 * exact.Ids.Length), exact.Ids.Length);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_hundred_steps_leave_no_tensor_behind_and_fill_memory_to_its_bound(bool previousFrame)
    {
        using var run = new Run(
            shipped,
            new Clip(64, 48, new Clip.Square(12, 8, 0.1, 0.05, 24, 0.9f, 0.2f, 0.15f)),
            s_everyTwo with { PreviousFrame = previousFrame, ReportPixels = true });
        run.Segmenter.BelievesAll = true;
        run.Start();
        long? live = null;
        for (var t = 1; t <= 200; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
            Assert.InRange(run.Segmenter.MemoryPixels, 12, 24);
            if (t == 20)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                live = torch.Tensor.TotalCount;
            }
        }

        Assert.Equal(live, torch.Tensor.TotalCount);
        Assert.Equal(24, run.Segmenter.MemoryPixels);
    }
}
