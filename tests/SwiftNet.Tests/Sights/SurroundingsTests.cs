namespace SwiftNet.Tests.Sights;

/// <summary>Objects are looked for around where they were.</summary>
public sealed class SurroundingsTests(ShippedModel shipped)
{
    private const int Frames = 14;

    // Its twin comes in from the right and stops far away from it.
    private static readonly Clip s_twins = new(
        320, 192, new Clip.Square(20, 60, 0.5, 0, 60, 0.9f, 0.2f, 0.15f), new Clip.Square(322, 60, -6, 0, 60, 0.9f, 0.2f, 0.15f));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_comes_in_and_looks_the_same_is_not_taken_for_the_object(bool previousFrame)
    {
        Assert.Equal(0, TwinsPixels(0.75, previousFrame, out var jaccard));
        Assert.InRange(jaccard, 0.8, 1);
    }

    [Fact]
    public void Everywhere_it_would_be() => Assert.InRange(TwinsPixels(0, true, out _), 500, int.MaxValue);

    [Fact]
    public void A_fast_object_is_not_cut_off()
    {
        // Half its side a frame.
        var fast = new Clip(480, 192, new Clip.Square(10, 60, 30, 2, 60, 0.9f, 0.2f, 0.15f));
        using var run = new Run(shipped, fast, new MemoryOptions { Trigger = TriggerKind.Periodic });
        run.Start();
        for (var t = 1; t < Frames; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
            Assert.InRange(fast.Jaccard(run.Ids, t, 1), 0.7, 1);
        }
    }

    private int TwinsPixels(double reach, bool previousFrame, out double jaccard)
    {
        using var run = new Run(
            shipped, s_twins, new MemoryOptions { Trigger = TriggerKind.Periodic, PreviousFrame = previousFrame, SearchRadius = reach });
        run.Start(s_twins.Mask(0, 1, 1));
        var (most, worst) = (0, 1.0);
        for (var t = 1; t < Frames; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
            var truth = s_twins.Mask(t).Ids;
            most = Math.Max(most, Enumerable.Range(0, truth.Length).Count(i => run.Ids[i] == 1 && truth[i] == 2));
            worst = Math.Min(worst, s_twins.Jaccard(run.Ids, t, 1));
        }

        jaccard = worst;
        return most;
    }
}
