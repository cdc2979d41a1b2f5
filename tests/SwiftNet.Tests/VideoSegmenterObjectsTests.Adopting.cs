namespace SwiftNet.Tests;

/// <content>Objects that another segmenter has followed up to here, and that are taken over from it.</content>
public sealed partial class VideoSegmenterObjectsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_object_started_on_an_older_frame_catches_up_and_is_taken_over(bool previousFrame)
    {
        var options = s_everyTwo with { PreviousFrame = previousFrame };
        using var run = new Run(shipped, Clip.Large, options);
        run.Start(run.Clip.Mask(0, 1, 2));
        using var late = new VideoSegmenter(shipped.Model, options);
        late.Start(Frame(run, 2), run.Clip.Mask(2, 1, 1));
        for (var t = 1; t <= 8; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
            if (t is 4 or 6 or 8)
            {
                late.Step(Frame(run, t), new byte[run.Ids.Length]);
            }
        }

        run.Segmenter.Adopt(late);

        // The shipped weights lose the lone blue square, so only the red one's mask is looked at.
        Assert.False(late.Started);
        for (var t = 9; t <= 14; t++)
        {
            Assert.Equal([1, 2], run.Step(t).Objects.Select(o => o.Id));
            run.Segmenter.Write();
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
        }
    }

    [Fact]
    public void Where_no_video_was_started_that_of_the_first_object_is_taken_over()
    {
        using var run = new Run(shipped, Clip.Two, s_everyTwo);
        using var first = new VideoSegmenter(shipped.Model, s_everyTwo);
        first.Start(Frame(run, 0), run.Clip.Mask(0));
        first.Step(Frame(run, 1), new byte[run.Ids.Length]);

        run.Segmenter.Adopt(first);

        Assert.Equal(2, run.Step(2).Frame);
        run.Segmenter.Write();
        Follow(run, 3, 8, [1, 2]);
    }

    [Fact]
    public void What_is_adopted_replaces_an_object_and_stays_paused_where_that_was()
    {
        using var run = At(previousFrame: true, "written", Clip.Two.Mask(0), Clip.Two);
        run.Segmenter.Pause(2, true);
        using var fork = run.Segmenter.Fork(2);
        fork.Step(Frame(run, 6), run.Ids);
        Assert.InRange(run.Clip.Jaccard(run.Ids, 6, 2), 0.7, 1);

        run.Segmenter.Adopt(fork);

        Follow(run, 6, 7, [1]);
        run.Segmenter.Pause(2, false);
        Follow(run, 8, 12, [1, 2]);
    }
}
