using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Tests.Clips;

public sealed class FramePickerTests
{
    private static readonly Instance s_disc = new(1, 500, new Rect(0, 0, 20, 20));

    [Fact]
    public void Of_a_sparse_sequence_one_frame_is_the_reference_and_one_other_is_all_the_rest()
    {
        var video = Video(7, [true, true, true, true, true, true]);
        for (var seed = 0; seed < 50; seed++)
        {
            var frames = new FramePicker(0.5, 0).Draw(video, 5, 20, new Random(seed));

            Assert.NotEqual(frames[0], frames[1]);
            Assert.All(frames[1..], f => Assert.Equal(frames[1], f));
        }
    }

    [Fact]
    public void A_large_step_is_never_between_a_frame_and_its_previous_frame()
    {
        var video = Video(8, [true, false, false, false, true, false, false]);
        var crossed = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var frames = new FramePicker(0.5, 0).Draw(video, 6, 20, new Random(seed));

            crossed += Part(frames[0]) == Part(frames[1]) ? 0 : 1;
            Assert.All(frames[1..], f => Assert.Equal(Part(frames[1]), Part(f)));
            Assert.All(frames[1..].Zip(frames[2..]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        }

        Assert.InRange(crossed, 60, 180);

        static int Part(int frame) => frame < 1 ? 0 : frame < 5 ? 1 : 2;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sequence_shorter_than_the_clip_serves_all_the_same(int length)
    {
        var frames = new FramePicker(0.5, 0).Draw(Video(length, null), 8, 20, new Random(1));

        Assert.Equal(8, frames.Length);
        Assert.All(frames, f => Assert.InRange(f, 0, length - 1));
        Assert.True(length == 1 || frames[0] != frames[1]);
    }

    [Fact]
    public void With_far_references_the_first_frame_is_anywhere_and_the_others_are_near_each_other()
    {
        var picker = new FramePicker(nearShare: 1, farShare: 1);
        var gaps = Enumerable.Range(0, 100).Select(seed => picker.Draw(Video(100, null), 5, 20, new Random(seed))).ToArray();

        Assert.True(gaps.Average(f => Math.Abs(f[1] - f[0])) > 20);
        Assert.All(gaps, f => Assert.All(f[1..].Zip(f[2..]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 1, 2)));
    }

    [Fact]
    public void A_tracker_knows_the_frame_before_and_nothing_from_behind_a_large_step()
    {
        Assert.Equal([3, 8, 19, 18, 17], FramePicker.Known(Video(30, null), [3, 9, 20, 17, 17]));
        Assert.Equal([0, 3, 3], FramePicker.Known(Video(5, [true, true, true, false]), [0, 3, 3]));
    }

    [Fact]
    public void Large_steps_are_found_by_their_pictures()
    {
        var pictures = new[] { 10, 100, 101, 103, 104, 106, 200 }.Select(Flat).ToArray();

        Assert.Equal([true, false, false, false, false, true], LargeSteps.Find(pictures, SequenceSteps.Uneven)!);
        Assert.Equal([true, true], LargeSteps.Find(pictures[..3], SequenceSteps.Sparse)!);
        Assert.Null(LargeSteps.Find(pictures, SequenceSteps.Dense));
        Assert.Null(LargeSteps.Find(pictures[..1], SequenceSteps.Sparse));
    }

    private static byte[] Flat(int grey)
    {
        using var picture = new Mat(36, 64, MatType.CV_8UC1, new Scalar(grey));
        Cv2.ImEncode(".png", picture, out var bytes);
        return bytes;
    }

    private static VideoSequence Video(int length, bool[]? largeSteps) =>
        new("made", new byte[length][], new byte[length][], [.. Enumerable.Repeat<Instance[]>([s_disc], length)], SequenceTraits.Default)
        {
            LargeSteps = largeSteps,
        };
}
