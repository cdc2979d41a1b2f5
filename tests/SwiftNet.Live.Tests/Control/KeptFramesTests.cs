using SwiftNet.Live.Control;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Control;

public sealed class KeptFramesTests
{
    private const int Bytes = 3 * 60 * 20;

    [Fact]
    public void Every_frame_of_the_last_seconds_is_kept_where_there_is_room()
    {
        using var frames = new KeptFrames(TimeSpan.FromSeconds(1), 100 * Bytes, TimeProvider.System);
        Assert.Null(frames.Newest());
        Assert.Null(frames.Range());
        Put(frames, 0..50);

        Assert.Equal((24L, 49L), frames.Range());
        Assert.Equal(10, frames.CountAfter(39));
        using var found = frames.Find(30);
        Assert.Equal((30L, (byte)30), (found!.Number, found.Bgr[0]));
        Assert.Null(frames.Find(23));
        using var after = frames.After(39, 3);
        Assert.Equal(42, after!.Number);
        Assert.Null(frames.After(48, 2));
    }

    [Fact]
    public void Without_room_for_all_they_are_evenly_spaced_and_the_newest_is_always_there()
    {
        using var frames = new KeptFrames(TimeSpan.FromSeconds(4), 10 * Bytes, TimeProvider.System);
        for (var end = 1; end <= 200; end++)
        {
            Put(frames, (end - 1)..end);
            Assert.Equal(end - 1, frames.Range()!.Value.Newest);
        }

        var kept = new List<long>();
        for (var at = -1L; frames.After(at, 1) is { } next; at = next.Number)
        {
            using (next)
            {
                kept.Add(next.Number);
            }
        }

        using (var near = frames.Nearest(kept[3] + 1))
        {
            Assert.Equal(kept[3], near!.Number);
        }

        Assert.Null(frames.Nearest(kept[0] - 1));
        Assert.Null(frames.Nearest(200));
        Assert.InRange(kept.Count, 8, 10);
        Assert.InRange(kept[0], 100, 120);
        Assert.All(kept.Zip(kept.Skip(1)).SkipLast(1), pair => Assert.InRange(pair.Second - pair.First, 8, 13));
    }

    [Fact]
    public void A_frame_that_somebody_holds_stays_whole_when_it_is_no_longer_kept()
    {
        using var frames = new KeptFrames(TimeSpan.FromSeconds(1), 100 * Bytes, TimeProvider.System);
        Put(frames, 0..1);
        using var held = frames.Find(0);
        Put(frames, 1..100);
        Assert.Null(frames.Find(0));
        Assert.All(held!.Bgr, value => Assert.Equal(0, value));
    }

    [Fact]
    public void When_the_cameras_size_changes_the_frames_before_go()
    {
        using var frames = new KeptFrames(TimeSpan.FromSeconds(1), 100 * Bytes, TimeProvider.System);
        Put(frames, 0..5);
        using var other = Frames.Plain(40, 20, (0, 0, 0), 5, 0.2);
        frames.Put(new KeptFrame(other));
        Assert.Equal((5L, 5L), frames.Range());
    }

    [Theory]
    [InlineData(160, 96)]
    [InlineData(161, 95)]
    public void A_picture_comes_back_as_a_camera_s_own_coding_would_leave_it_and_its_mask_exactly(int width, int height)
    {
        var ids = Frames.Box(width, height, 3, 20, 10, 50, 40);
        using Frame frame = Frames.Plain(width, height, (40, 90, 220)).With(ids);
        Array.Fill(frame.Pixels.Array, (byte)200, 3 * width * (height / 2), 3 * width * (height / 4));
        using var kept = new KeptFrame(frame);

        Assert.Equal(ids, kept.Ids);
        Assert.All(kept.Bgr.Zip(frame.Pixels.Array), pair => Assert.InRange(pair.First - pair.Second, -3, 3));
    }

    // 25 a second, their numbers as grey values.
    private static void Put(KeptFrames frames, Range numbers)
    {
        for (var number = numbers.Start.Value; number < numbers.End.Value; number++)
        {
            var shade = (byte)number;
            using Frame frame = Frames.Plain(60, 20, (shade, shade, shade), number, number / 25.0);
            frames.Put(new KeptFrame(frame));
        }
    }
}
