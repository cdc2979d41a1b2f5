using TorchSharp;

namespace SwiftNet.Tests;

/// <summary>Objects that come and go while the video runs; what memory holds of the others stays.</summary>
public sealed partial class VideoSegmenterObjectsTests(ShippedModel shipped)
{
    private const int Cells = 60;

    private static readonly MemoryOptions s_everyTwo = new() { Trigger = TriggerKind.Periodic, Interval = 2 };

    private static readonly Clip s_three = new(
        160,
        96,
        new Clip.Square(8, 8, 1, 0.5, 34, 0.9f, 0.2f, 0.15f),
        new Clip.Square(60, 50, 0.5, -0.5, 30, 0.2f, 0.8f, 0.2f),
        new Clip.Square(110, 30, -1, 0.5, 36, 0.1f, 0.2f, 0.85f));

    /// <summary>Previous frame on or off; the last step's frame due and written, due and not written, or waiting behind a newer
    /// one.</summary>
    public static TheoryData<bool, string> States => new MatrixTheoryData<bool, string>([true, false], ["written", "unwritten", "waiting"]);

    [Theory]
    [MemberData(nameof(States))]
    public void Whatever_is_done_to_one_object_the_others_memory_stays_bit_for_bit(bool previousFrame, string state)
    {
        using var run = At(previousFrame, state, s_three.Mask(0));
        using var other = new VideoSegmenter(shipped.Model, s_everyTwo);
        var before = (One: Stored(run, 1), Three: Stored(run, 3));

        using (var fork = run.Segmenter.Fork(2))
        {
            Unchanged();
            fork.Step(Frame(run, 6), run.Ids);
            fork.Write();
            Unchanged();
            run.Segmenter.Adopt(fork);
            Unchanged();
        }

        run.Segmenter.Pause(2, true);
        Unchanged();
        run.Segmenter.Pause(2, false);
        Unchanged();
        run.Segmenter.Reference(Frame(run, 3), s_three.Mask(3, 1, 2));
        Unchanged();
        run.Segmenter.Remove(2);
        Unchanged();
        run.Segmenter.Add(s_three.Mask(5, 1, 2));
        Unchanged();
        run.Segmenter.Remove(2);
        other.Start(Frame(run, 5), s_three.Mask(5, 1, 2));
        run.Segmenter.Adopt(other);
        Unchanged();

        // What was still to be written is written for the two that have been there all the time.
        var first = Stored(run, 2);
        while (run.Segmenter.Write() is not null)
        {
        }

        Assert.Equal(first, Stored(run, 2));
        Assert.Equal([1, 2, 3], run.Step(6).Objects.Select(o => o.Id));

        void Unchanged()
        {
            Assert.Equal(before.One, Stored(run, 1));
            Assert.Equal(before.Three, Stored(run, 3));
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_copy_goes_its_own_way(bool previousFrame, string state)
    {
        using var run = At(previousFrame, state, s_three.Mask(0));
        using var undisturbed = At(previousFrame, state, s_three.Mask(0));
        using var fork = run.Segmenter.Fork(3);

        var ids = new byte[run.Ids.Length];
        for (var t = 6; t <= 9; t++)
        {
            Assert.Equal([3], fork.Step(Frame(run, t), ids).Objects.Select(o => o.Id));
            fork.Write();
            run.Step(t);
            undisturbed.Step(t);
            run.Segmenter.Write();
            undisturbed.Segmenter.Write();
            Assert.Equal(undisturbed.Probabilities, run.Probabilities);
        }

        Assert.Equal([3], fork.Objects);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_removed_object_is_gone_and_its_id_free(bool previousFrame, string state)
    {
        using var run = At(previousFrame, state, Clip.Two.Mask(0), Clip.Two);

        run.Segmenter.Remove(1);

        Assert.Equal([2], run.Segmenter.Objects);
        Assert.Equal([2], run.Step(6).Objects.Select(o => o.Id));
        Assert.DoesNotContain((byte)1, run.Ids);
        run.Segmenter.Write();
        run.Segmenter.Add(run.Clip.Mask(6, 1, 1));
        for (var t = 7; t <= 12; t++)
        {
            Assert.Equal([1, 2], run.Step(t).Objects.Select(o => o.Id));
            run.Segmenter.Write();
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 2), 0.7, 1);
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Without_its_last_object_a_video_goes_on_and_takes_others(bool previousFrame, string state)
    {
        using var run = At(previousFrame, state, Clip.Two.Mask(0, 1, 1), Clip.Two);
        run.Segmenter.Remove(1);

        Assert.True(run.Segmenter.Started);
        run.Segmenter.Write();
        Array.Fill(run.Ids, (byte)7);
        var result = run.Step(6);
        Assert.Equal((6, WriteReason.None), (result.Frame, result.Due));
        Assert.Empty(result.Objects);
        Assert.All(run.Ids, id => Assert.Equal(0, id));
        Assert.Null(run.Segmenter.Write());
        Assert.True(run.Segmenter.Resize(128, 80, 160, 96));
        Assert.True(run.Segmenter.Resize(160, 96, 160, 96));
        run.Step(7);

        run.Segmenter.Add(run.Clip.Mask(7));
        Follow(run, 8, 12, [1, 2]);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_paused_object_keeps_its_memory_and_has_no_pixels_until_it_is_followed_again(bool previousFrame, string state)
    {
        using var run = At(previousFrame, state, Clip.Two.Mask(0), Clip.Two);
        var memory = Stored(run, 2);

        run.Segmenter.Pause(2, true);
        run.Segmenter.Pause(2, true);
        Follow(run, 6, 8, [1]);

        Assert.Equal([1, 2], run.Segmenter.Objects);
        Assert.Equal(memory, Stored(run, 2));
        run.Segmenter.Pause(2, false);
        Assert.Equal(memory, Stored(run, 2));
        Follow(run, 9, 14, [1, 2]);
    }

    [Fact]
    public void With_all_objects_paused_nothing_is_found_and_all_is_kept()
    {
        using var run = At(previousFrame: true, "written", Clip.Two.Mask(0), Clip.Two);
        run.Segmenter.Pause(1, true);
        run.Segmenter.Pause(2, true);
        Follow(run, 6, 8, []);
        Assert.All(run.Ids, id => Assert.Equal(0, id));

        run.Segmenter.ChangeCapacity(1.5);
        run.Segmenter.Pause(2, false);
        Follow(run, 9, 10, [2]);
        run.Segmenter.Pause(1, false);
        Follow(run, 11, 12, [1, 2]);
    }

    [Fact]
    public void What_cannot_be_is_refused_and_changes_nothing()
    {
        using var run = At(previousFrame: true, "written", Clip.Two.Mask(0), Clip.Two);
        using var undisturbed = At(previousFrame: true, "written", Clip.Two.Mask(0), Clip.Two);
        using var smaller = new Run(shipped, new Clip(80, 48, new Clip.Square(8, 8, 0, 0, 20, 0.9f, 0.2f, 0.15f)));
        using var idle = new VideoSegmenter(shipped.Model, s_everyTwo);
        smaller.Start();

        Assert.Contains("No object 3", Assert.Throws<ArgumentException>(() => run.Segmenter.Remove(3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => run.Segmenter.Pause(0, true));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Fork(200));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Adopt(smaller.Segmenter));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Adopt(run.Segmenter));
        Assert.Throws<InvalidOperationException>(() => run.Segmenter.Adopt(idle));
        Assert.Throws<InvalidOperationException>(() => idle.Remove(1));
        Assert.Throws<InvalidOperationException>(() => idle.Pause(1, true));
        Assert.Throws<InvalidOperationException>(() => idle.Fork(1));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Reference(Frame(run, 5), new IdMask(160, 96, new byte[160 * 96])));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Reference(Frame(run, 5), s_three.Mask(5)));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Reference(Frame(run, 5), new IdMask(1, 1, [1])));
        Assert.Throws<ArgumentException>(() => run.Segmenter.Reference(new NetworkFrame(new float[3], 1, 1), run.Clip.Mask(5)));

        Assert.True(smaller.Segmenter.Started);
        run.Step(6);
        undisturbed.Step(6);
        Assert.Equal(undisturbed.Probabilities, run.Probabilities);
    }

    [Fact]
    public void All_255_ids_are_taken_in_any_order_and_go_in_any_order()
    {
        // A cell of 4x4 pixels for each: whether they are distinguished depends on the weights.
        using var run = new Run(shipped, new Clip(64, 64), s_everyTwo);
        byte[] ids = [.. Enumerable.Range(0, 255).Select(i => (byte)(1 + (i * 7 % 255)))];
        run.Start(Cell(ids[0]));
        foreach (var id in ids[1..130])
        {
            run.Segmenter.Add(Cell(id));
        }

        run.Step(1);
        run.Segmenter.Write();
        foreach (var id in ids[130..])
        {
            using var one = new VideoSegmenter(shipped.Model, s_everyTwo);
            one.Start(Frame(run, 1), Cell(id));
            run.Segmenter.Adopt(one);
        }

        Assert.Equal(VideoSegmenter.MaxObjects, run.Step(2).Objects.Count);
        run.Segmenter.Write();
        Assert.Equal(Enumerable.Range(1, 255).Select(id => (byte)id), run.Segmenter.Objects);
        Assert.Equal(255, run.Step(3).Objects.Count);
        foreach (var id in ids.Reverse())
        {
            run.Segmenter.Remove(id);
        }

        Assert.Empty(run.Segmenter.Objects);
        Assert.Empty(run.Step(4).Objects);

        static IdMask Cell(byte id)
        {
            var mask = new byte[64 * 64];
            for (var i = 0; i < 16; i++)
            {
                mask[((id / 16 * 4) + (i / 4)) * 64 + (id % 16 * 4) + (i % 4)] = id;
            }

            return new IdMask(64, 64, mask);
        }
    }

    [Fact]
    public void Objects_that_come_and_go_leave_no_tensor_behind()
    {
        using var run = new Run(shipped, s_three, s_everyTwo);
        Video();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var live = torch.Tensor.TotalCount;

        Video();

        Assert.Equal(live, torch.Tensor.TotalCount);

        void Video()
        {
            run.Start();
            for (var t = 1; t <= 6; t++)
            {
                run.Step(t);
                run.Segmenter.Pause(1, t % 2 == 1);
                run.Segmenter.Reference(Frame(run, t), s_three.Mask(t, 1, 1, 3));
                using var fork = run.Segmenter.Fork(2);
                run.Segmenter.Remove(2);
                run.Step(t);
                fork.Step(Frame(run, t), run.Ids);
                run.Segmenter.Adopt(fork);
            }

            run.Segmenter.Remove(3);
            run.Segmenter.Reset();
        }
    }

    private Run At(bool previousFrame, string state, IdMask mask, Clip? clip = null)
    {
        // Frames 2 and 4 are due; frame 5 is the last step's.
        var run = new Run(
            shipped, clip ?? s_three, s_everyTwo with { PreviousFrame = previousFrame, Interval = state == "unwritten" ? 5 : 2 });
        run.Start(mask);
        for (var t = 1; t <= 5; t++)
        {
            run.Step(t);
            if (t < 4 || state == "written" || (t == 4 && state == "unwritten"))
            {
                run.Segmenter.Write();
            }
        }

        return run;
    }

    private static void Follow(Run run, int from, int to, byte[] ids)
    {
        for (var t = from; t <= to; t++)
        {
            Assert.Equal(ids, run.Step(t).Objects.Select(o => o.Id));
            run.Segmenter.Write();
            Assert.All(ids, id => Assert.InRange(run.Clip.Jaccard(run.Ids, t, id), 0.7, 1));
            Assert.All(run.Ids, id => Assert.True(id == 0 || ids.Contains(id)));
        }
    }

    private static NetworkFrame Frame(Run run, int t) => new(run.Clip.Planes(t), run.Clip.Width, run.Clip.Height);

    private static byte[] Stored(Run run, byte id)
    {
        var memory = run.Segmenter.State!.Memory.Of(id);
        return
        [
            .. memory.MatchedKeys.bytes, .. memory.MatchedValues.bytes, .. memory.Pending is { } pending ? pending.bytes.ToArray() : [],
        ];
    }
}
