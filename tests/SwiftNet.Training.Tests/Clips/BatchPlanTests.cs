using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Tests.Clips;

public sealed class BatchPlanTests
{
    [Fact]
    public void Single_frames_become_fewer_and_long_clips_more_over_the_run()
    {
        var plan = new BatchPlan(new TrainingOptions { Iterations = 1000, SingleShare = 0.6, SingleUntil = 0.5, LongShare = 0.8 });
        var lengths = Enumerable.Range(0, 1000).Select(step => plan.Draw(step).Shape.Frames).ToArray();

        Assert.InRange(lengths[..100].Count(l => l == 1), 40, 75);
        Assert.DoesNotContain(1, lengths[500..]);
        Assert.InRange(lengths[900..].Count(l => l >= 6), 60, 95);
        Assert.InRange(lengths.Max(), 9, 10);
    }

    [Fact]
    public void Without_them_lengths_are_the_usual_ones()
    {
        var plan = new BatchPlan(new TrainingOptions { Iterations = 1000 });

        Assert.Equal([3, 4, 5, 6, 8], Enumerable.Range(0, 300).Select(step => plan.Draw(step).Shape.Frames).Distinct().Order());
    }
}
