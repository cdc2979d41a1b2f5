using SwiftNet.Tracking;

namespace SwiftNet.Tests.Tracking;

/// <summary>Squares in a frame of 640x384, followed through windows of at most 320x192 network pixels together.</summary>
public sealed class WindowedSegmenterTests(ShippedModel shipped)
{
    private static readonly WindowOptions s_windows = new() { Width = 320, Height = 192 };
    private static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal) { ["camera"] = "gate" };

    // Far apart, so that each has a window of its own.
    private readonly Clip _clip = new(
        640,
        384,
        new Clip.Square(40, 30, 2, 1, 44, 0.9f, 0.2f, 0.15f),
        new Clip.Square(520, 280, -2, -1, 44, 0.1f, 0.2f, 0.85f));

    [Fact]
    public void Small_objects_far_apart_are_followed_each_in_its_own_window_within_the_budget()
    {
        using var segmenter = Start();
        Assert.Equal(2, segmenter.Windows.Count);

        var ids = Follow(segmenter, 1, 20);

        Assert.InRange(segmenter.Windows.Sum(window => window.PaddedPixels), 1, 320 * 192);
        Assert.All(segmenter.Windows, window => Assert.False(window.IsWhole));
        Assert.InRange(_clip.Jaccard(ids, 20, 1), 0.8, 1);
        Assert.InRange(_clip.Jaccard(ids, 20, 2), 0.8, 1);
        Assert.Equal(40, segmenter.Counters.Steps);
    }

    [Fact]
    public void Objects_that_meet_share_a_window_and_part_again()
    {
        // They pass each other on rows that do not overlap.
        var clip = new Clip(
            640,
            384,
            new Clip.Square(20, 100, 6, 0, 44, 0.9f, 0.2f, 0.15f),
            new Clip.Square(576, 156, -6, 0, 44, 0.1f, 0.2f, 0.85f));
        using var segmenter = new WindowedSegmenter(shipped.Model, new MemoryOptions(), s_windows);
        segmenter.Start(Image(clip, 0), clip.Mask(0));
        var counts = new List<int>();
        var ids = new byte[640 * 384];
        for (var t = 1; t <= 90; t++)
        {
            segmenter.Step(Image(clip, t));
            segmenter.Write();
            counts.Add(segmenter.Windows.Count);
        }

        segmenter.CopyIds(ids);
        Assert.Equal([2, 1, 2], counts.Where((count, i) => i == 0 || count != counts[i - 1]));
        Assert.InRange(clip.Jaccard(ids, 90, 1), 0.7, 1);
        Assert.InRange(clip.Jaccard(ids, 90, 2), 0.7, 1);
    }

    [Fact]
    public void Where_the_budget_has_room_for_one_window_a_lost_object_is_searched_for_in_turns_and_the_other_is_followed_on()
    {
        var clip = new Clip(
            320,
            192,
            new Clip.Square(30, 60, 0.5, 0.2, 64, 0.9f, 0.2f, 0.15f),
            new Clip.Square(216, 70, 10, 0, 64, 0.1f, 0.2f, 0.85f));
        using var segmenter = new WindowedSegmenter(
            shipped.Model,
            new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 1 },
            s_windows with { Width = 160, Height = 96 });
        segmenter.Start(Image(clip, 0), clip.Mask(0));
        Assert.Single(segmenter.Windows);
        var t = 1;
        for (; segmenter.Windows.Count == 1; t++)
        {
            Assert.InRange(t, 1, 60);
            segmenter.Step(Image(clip, t));
            segmenter.Write();
        }

        var (before, due) = (segmenter.Counters, 0);
        for (var end = t + 8; t < end; t++)
        {
            due += segmenter.Step(Image(clip, t)).Due == WriteReason.None ? 0 : 1;
            segmenter.Write();
        }

        // One window a frame, and one that waits has nothing due.
        Assert.Equal(8, segmenter.Counters.Steps - before.Steps);
        Assert.InRange(segmenter.Counters.Pixels - before.Pixels, 1, 8 * 160 * 96);
        Assert.InRange(due, 1, 8);
        var ids = new byte[320 * 192];
        segmenter.CopyIds(ids);
        Assert.InRange(clip.Jaccard(ids, t - 1, 1), 0.5, 1);
        Assert.DoesNotContain((byte)2, ids);
    }

    [Fact]
    public void More_windows_than_the_budget_has_room_for_join_those_that_are_closest()
    {
        var clip = new Clip(
            640,
            384,
            new Clip.Square(20, 20, 1, 1, 40, 0.9f, 0.2f, 0.15f),
            new Clip.Square(20, 160, 1, 0, 40, 0.1f, 0.2f, 0.85f),
            new Clip.Square(560, 160, -1, 0, 40, 0.2f, 0.8f, 0.2f),
            new Clip.Square(560, 300, -1, -1, 40, 0.9f, 0.8f, 0.1f));
        using var segmenter = new WindowedSegmenter(shipped.Model, new MemoryOptions(), s_windows);
        segmenter.Start(Image(clip, 0), clip.Mask(0));

        Assert.Equal(2, segmenter.Windows.Count);
        Assert.All(segmenter.Windows, window => Assert.InRange(window.Width, 40, 400));
        for (var t = 1; t <= 6; t++)
        {
            segmenter.Step(Image(clip, t));
            segmenter.Write();
            Assert.InRange(segmenter.Windows.Sum(window => window.PaddedPixels), 1, 320 * 192);
        }
    }

    [Fact]
    public void With_windows_off_masks_are_those_of_the_whole_frame()
    {
        var clip = Clip.Two;
        using var windowed = new WindowedSegmenter(
            shipped.Model,
            new MemoryOptions(),
            new WindowOptions { Enabled = false, Width = 0, Height = 0 });
        using var whole = new VideoSegmenter(shipped.Model, new MemoryOptions());
        windowed.Start(Image(clip, 0), clip.Mask(0));
        whole.Start(new NetworkFrame(Planes(clip, 0), 160, 96), clip.Mask(0));
        var (found, expected) = (new byte[160 * 96], new byte[160 * 96]);
        for (var t = 1; t <= 10; t++)
        {
            var result = windowed.Step(Image(clip, t));
            Assert.Equal(whole.Step(new NetworkFrame(Planes(clip, t), 160, 96), expected).Due, result.Due);
            windowed.CopyIds(found);
            Assert.Equal(expected, found);
            windowed.Write();
            whole.Write();
        }

        Assert.True(windowed.SeesWholeFrame);
    }

    [Fact]
    public void A_snapshot_of_several_windows_goes_on_with_them()
    {
        using var segmenter = Start();
        Follow(segmenter, 1, 8);
        using var file = new MemoryStream();
        segmenter.Save(file, s_texts);
        file.Position = 0;
        using var loaded = WindowedSegmenter.Load(shipped.Model, new MemoryOptions(), s_windows, file, out var texts);

        Assert.Equal(s_texts, texts);
        Assert.Equal([1, 2], loaded.Objects);
        Assert.Equal(2, loaded.Windows.Count);
        Assert.All(loaded.Windows, window => Assert.False(window.IsWhole));
        var ids = Follow(loaded, 9, 14);
        Assert.InRange(_clip.Jaccard(ids, 14, 1), 0.8, 1);
        Assert.InRange(_clip.Jaccard(ids, 14, 2), 0.8, 1);
        file.Position = 0;
        Assert.Equal(s_texts, VideoSegmenter.ReadMetadata(file));
    }

    [Fact]
    public void A_snapshot_of_whole_frames_goes_on_in_windows()
    {
        using var whole = new VideoSegmenter(shipped.Model, new MemoryOptions());
        var image = Small(0);
        whole.Start(new NetworkFrame(image, 320, 192), _clip.Mask(0));
        using var file = new MemoryStream();
        whole.Save(file, s_texts);
        file.Position = 0;
        using var loaded = WindowedSegmenter.Load(
            shipped.Model,
            new MemoryOptions(),
            s_windows,
            file,
            out _);

        Assert.Equal((640, 384), loaded.FrameSize);
        var ids = Follow(loaded, 1, 10);
        Assert.Contains(loaded.Windows, window => !window.IsWhole);
        Assert.InRange(_clip.Jaccard(ids, 10, 1), 0.7, 1);
        Assert.InRange(_clip.Jaccard(ids, 10, 2), 0.7, 1);
    }

    [Fact]
    public void A_damaged_snapshot_of_several_windows_is_refused_in_one_line()
    {
        using var segmenter = Start();
        using var file = new MemoryStream();
        segmenter.Save(file, s_texts);
        var bytes = file.ToArray();
        bytes[^100] ^= 1;

        Refused(bytes);
        Refused(bytes[..^200]);
        Refused([.. bytes, 0]);
        Refused(bytes[..18]);

        void Refused(byte[] damaged)
        {
            using var from = new MemoryStream(damaged);
            var error = Assert.Throws<SnapshotException>(
                () => WindowedSegmenter.Load(shipped.Model, new MemoryOptions(), s_windows, from, out _));
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void Objects_come_and_go_and_are_corrected_while_the_others_are_followed_on()
    {
        using var segmenter = new WindowedSegmenter(shipped.Model, new MemoryOptions(), s_windows);
        segmenter.Start(Image(_clip, 0), _clip.Mask(0, 1, 1));
        Follow(segmenter, 1, 4);
        segmenter.Add(Image(_clip, 4), _clip.Mask(4, 1, 2));
        Assert.Equal([1, 2], segmenter.Objects);

        using (var fork = segmenter.Fork(2))
        {
            fork.Reference(Image(_clip, 4), _clip.Mask(4, 1, 2));
            fork.Step(Image(_clip, 5));
            fork.Write();
            segmenter.Step(Image(_clip, 5));
            segmenter.Write();
            segmenter.Adopt(fork);
        }

        segmenter.Pause(1, true);
        var ids = Follow(segmenter, 6, 10);
        Assert.DoesNotContain((byte)1, ids);
        Assert.InRange(_clip.Jaccard(ids, 10, 2), 0.7, 1);

        segmenter.Pause(1, false);
        segmenter.Remove(2);
        ids = Follow(segmenter, 11, 18);
        Assert.Equal([1], segmenter.Objects);
        Assert.InRange(_clip.Jaccard(ids, 18, 1), 0.7, 1);
    }

    [Fact]
    public void The_camera_s_resolution_and_the_budget_may_change()
    {
        using var segmenter = Start();
        Follow(segmenter, 1, 5);
        Assert.True(segmenter.ChangeBudget(0.75));
        Follow(segmenter, 6, 8);
        Assert.InRange(segmenter.Windows.Sum(window => window.PaddedPixels), 1, 240 * 144);

        Assert.True(segmenter.Resize(320, 192));
        Assert.False(segmenter.Resize(320, 192));
        Assert.Equal((320, 192), segmenter.FrameSize);
        for (var t = 9; t <= 12; t++)
        {
            segmenter.Step(new FrameImage(Bytes(Small(t), 320, 192), 320, 192));
            segmenter.Write();
        }

        var ids = new byte[320 * 192];
        segmenter.CopyIds(ids);
        Assert.Contains((byte)1, ids);
        Assert.Contains((byte)2, ids);
    }

    private WindowedSegmenter Start()
    {
        var segmenter = new WindowedSegmenter(shipped.Model, new MemoryOptions(), s_windows);
        segmenter.Start(Image(_clip, 0), _clip.Mask(0));
        return segmenter;
    }

    private byte[] Follow(WindowedSegmenter segmenter, int from, int to)
    {
        for (var t = from; t <= to; t++)
        {
            segmenter.Step(Image(_clip, t));
            segmenter.Write();
        }

        var ids = new byte[640 * 384];
        segmenter.CopyIds(ids);
        return ids;
    }

    // Half the size by leaving out every second pixel.
    private float[] Small(int t)
    {
        var planes = _clip.Planes(t);
        return
        [
            .. Enumerable.Range(0, 3 * 320 * 192).Select(
                i => planes[(i / (320 * 192) * 640 * 384) + (i / 320 % 192 * 2 * 640) + (i % 320 * 2)]),
        ];
    }

    private static FrameImage Image(Clip clip, int t) => new(Bytes(clip.Planes(t), clip.Width, clip.Height), clip.Width, clip.Height);

    // What a camera of 8 bits gives of the same frame.
    private static float[] Planes(Clip clip, int t) => Array.ConvertAll(clip.Planes(t), value => MathF.Round(value * 255) / 255);

    private static byte[] Bytes(float[] planes, int width, int height)
    {
        var (bgr, area) = (new byte[3 * width * height], width * height);
        for (var i = 0; i < bgr.Length; i++)
        {
            bgr[i] = (byte)MathF.Round(planes[((2 - (i % 3)) * area) + (i / 3)] * 255);
        }

        return bgr;
    }
}
