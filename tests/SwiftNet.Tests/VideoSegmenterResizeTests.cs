using TorchSharp;

namespace SwiftNet.Tests;

/// <summary>Sizes that change in the middle of a video: the network's by steps of a ladder, and the camera's.</summary>
public sealed class VideoSegmenterResizeTests(ShippedModel shipped)
{
    private static readonly MemoryOptions s_everyTwo = new() { Trigger = TriggerKind.Periodic, Interval = 2 };

    // At 0.65 the network loses the clip's fine checks for some frames, whether it began at that size or not.
    [Theory]
    [InlineData(true, 0.75)]
    [InlineData(true, 0.5)]
    [InlineData(false, 0.5)]
    public void Objects_are_followed_down_a_step_and_up_again(bool previousFrame, double scale)
    {
        using var run = new Run(shipped, Clip.Large, s_everyTwo with { PreviousFrame = previousFrame });
        run.Start();
        for (var t = 1; t <= 18; t++)
        {
            if (t is 5 or 12)
            {
                Assert.True(Resize(run, t == 5 ? scale : 1));
            }

            Step(run, t, t is >= 5 and < 12 ? scale : 1);

            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 2), 0.7, 1);
        }
    }

    [Theory]
    [InlineData(240, 192)]
    [InlineData(320, 128)]
    [InlineData(448, 256)]
    public void Objects_are_followed_when_the_camera_changes_its_resolution(int width, int height)
    {
        using var run = new Run(shipped, Clip.Large, s_everyTwo);
        var other = Clip.Large.Seen(width, height);
        var ids = new byte[width * height];
        run.Start();
        for (var t = 1; t <= 5; t++)
        {
            Step(run, t, 1);
        }

        Assert.True(run.Segmenter.Resize(width, height, width, height));
        for (var t = 6; t <= 12; t++)
        {
            run.Segmenter.Step(new NetworkFrame(other.Planes(t), width, height), ids);
            run.Segmenter.Write();

            Assert.InRange(other.Jaccard(ids, t, 1), 0.7, 1);
            Assert.InRange(other.Jaccard(ids, t, 2), 0.7, 1);
        }
    }

    [Fact]
    public void An_object_that_has_changed_its_looks_since_is_not_lost()
    {
        using var run = new Run(shipped, Clip.Large);
        run.Start();
        for (var t = 1; t <= 8; t++)
        {
            Step(run, t, 1, light: 1 - (0.08f * t), turned: t > 4);
        }

        Resize(run, 0.5);
        for (var t = 9; t <= 14; t++)
        {
            Step(run, t, 0.5, light: 0.36f, turned: true);

            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
        }
    }

    [Fact]
    public void An_object_added_at_another_size_has_its_own_first_frame_from_then_on()
    {
        // A pixel less a side is another size, too; at a much smaller one the shipped weights lose the lone square next to one that it is
        // not to be taken for.
        const double Smaller = 0.999;
        using var run = new Run(shipped, Clip.Large, s_everyTwo);
        run.Start(run.Clip.Mask(0, 1, 1));
        Step(run, 1, 1, write: false);
        run.Segmenter.Add(run.Clip.Mask(1, 1, 2));
        run.Segmenter.Write();
        for (var t = 2; t <= 14; t++)
        {
            if (t is 4 or 9)
            {
                Resize(run, t == 4 ? Smaller : 1);
            }

            Step(run, t, t is >= 4 and < 9 ? Smaller : 1);

            Assert.Equal([1, 2], run.Segmenter.State!.Ids);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 2), 0.7, 1);
        }

        Assert.Equal([[1], [2]], run.Segmenter.State!.Given.All.Select(given => given.Ids));
    }

    [Fact]
    public void Back_at_its_size_a_first_frame_is_in_memory_as_it_was()
    {
        using var run = new Run(shipped, Clip.Large, s_everyTwo);
        run.Start();
        var before = First();
        Step(run, 1, 1);
        Step(run, 2, 1);

        Resize(run, 0.5);
        Resize(run, 1);

        // The picture is kept in 8 bits; the clip's is not made of them.
        var differences = before.Zip(First(), (a, b) => Math.Abs(a - b)).Order().ToArray();
        Assert.InRange(differences[differences.Length / 2], 0, 0.05 * before.Average(Math.Abs));

        float[] First() =>
        [
            .. run.Segmenter.State!.Memory.Objects.SelectMany(o => o.StoredKeys.narrow(0, 0, 240).contiguous().data<float>().ToArray()),
        ];
    }

    [Fact]
    public void With_the_sizes_of_the_video_nothing_changes()
    {
        using var run = new Run(shipped, Clip.One, s_everyTwo);
        using var undisturbed = new Run(shipped, Clip.One, s_everyTwo);
        run.Start();
        undisturbed.Start();
        for (var t = 1; t <= 3; t++)
        {
            Assert.False(run.Segmenter.Resize(160, 96, 160, 96));
            Step(run, t, 1);
            Step(undisturbed, t, 1);
            Assert.Equal(undisturbed.Probabilities, run.Probabilities);
        }
    }

    [Fact]
    public void Results_alone_may_change_their_size()
    {
        using var run = new Run(shipped, Clip.One);
        run.Start();
        Step(run, 1, 1);

        Assert.True(run.Segmenter.Resize(160, 96, 320, 192));
        var ids = new byte[320 * 192];
        run.Segmenter.Step(new NetworkFrame(run.Clip.Planes(2), 160, 96), ids);

        Assert.InRange(ids.Count(id => id == 1) / (4.0 * run.Clip.Mask(2).Ids.Count(id => id == 1)), 0.8, 1.2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hundred_changes_leave_no_tensor_behind(bool previousFrame)
    {
        using var run = new Run(
            shipped,
            new Clip(64, 48, new Clip.Square(12, 8, 0.1, 0.05, 24, 0.9f, 0.2f, 0.15f)),
            s_everyTwo with { PreviousFrame = previousFrame });
        run.Segmenter.BelievesAll = true;
        run.Start();
        long? live = null;
        for (var t = 1; t <= 100; t++)
        {
            run.Segmenter.ChangeCapacity(1.5 + (t % 3));
            Resize(run, t % 2 == 0 ? 1 : 0.65);

            // Every third step leaves its write to wait.
            Step(run, t, t % 2 == 0 ? 1 : 0.65, write: t % 3 != 0);
            if (t == 24)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                live = torch.Tensor.TotalCount;
            }
        }

        run.Segmenter.Write();
        Assert.InRange(torch.Tensor.TotalCount, 1, live!.Value);
    }

    [Fact]
    public void After_the_end_of_a_video_no_tensor_is_left()
    {
        using var run = new Run(shipped, Clip.Two, s_everyTwo);
        Video();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var live = torch.Tensor.TotalCount;

        Video();

        Assert.Equal(live, torch.Tensor.TotalCount);

        void Video()
        {
            run.Start();
            Step(run, 1, 1);
            Step(run, 2, 1, write: false);
            Resize(run, 0.65);
            Step(run, 3, 0.65);
            Step(run, 4, 0.65, write: false);
            Step(run, 5, 0.65, write: false);
            run.Segmenter.Reset();
        }
    }

    [Fact]
    public void More_capacity_changes_nothing_that_memory_holds()
    {
        using var run = new Run(shipped, Clip.One, s_everyTwo);
        using var undisturbed = new Run(shipped, Clip.One, s_everyTwo);
        run.Start();
        undisturbed.Start();
        for (var t = 1; t <= 9; t++)
        {
            if (t == 6)
            {
                run.Segmenter.ChangeCapacity(3);
                Assert.Equal((3 * 60, 2 * 60), (run.Segmenter.MemoryCapacity, undisturbed.Segmenter.MemoryCapacity));
            }

            Step(run, t, 1);
            Step(undisturbed, t, 1);
            Assert.Equal(undisturbed.Probabilities, run.Probabilities);
        }
    }

    [Fact]
    public void Less_capacity_bounds_memory_from_then_on()
    {
        using var run = new Run(shipped, Clip.One, s_everyTwo with { Interval = 1 });
        run.Start();
        for (var t = 1; t <= 12; t++)
        {
            Step(run, t, 1);
        }

        Assert.Equal(120, run.Segmenter.MemoryPixels);
        run.Segmenter.ChangeCapacity(1.5);
        Assert.Equal(90, run.Segmenter.MemoryPixels);
        for (var t = 13; t <= 16; t++)
        {
            Step(run, t, 1);
            Assert.Equal(90, run.Segmenter.MemoryPixels);
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
        }

        // A video started later has it too.
        run.Start();
        Assert.Equal(90, run.Segmenter.MemoryCapacity);
    }

    private static bool Resize(Run run, double scale) =>
        run.Segmenter.Resize((int)(run.Clip.Width * scale), (int)(run.Clip.Height * scale), run.Clip.Width, run.Clip.Height);

    private static void Step(Run run, int t, double scale, bool write = true, float light = 1, bool turned = false)
    {
        var (width, height) = ((int)(run.Clip.Width * scale), (int)(run.Clip.Height * scale));
        run.Segmenter.Step(
            new NetworkFrame(Scale(run.Clip.Planes(t, light, turned: turned), run.Clip, width, height), width, height), run.Ids);
        if (write)
        {
            run.Segmenter.Write();
        }
    }

    private static float[] Scale(float[] planes, Clip clip, int width, int height)
    {
        using var scope = torch.NewDisposeScope();
        var picture = torch.tensor(planes, 1, 3, clip.Height, clip.Width);
        return torch.nn.functional.interpolate(picture, size: [height, width], mode: torch.InterpolationMode.Area).data<float>().ToArray();
    }
}
