using SwiftNet.Live.Commands.Eval;

namespace SwiftNet.Live.Tests.Commands.Eval;

public sealed class EvaluationSummaryTests
{
    [Fact]
    public void The_typical_time_counts_writes_by_their_share_and_no_disturbance()
    {
        var steps = Enumerable.Repeat(new StepTime(TimeSpan.FromMilliseconds(10), false), 7)
            .Append(new StepTime(TimeSpan.FromSeconds(5), false))
            .Concat(Enumerable.Repeat(new StepTime(TimeSpan.FromMilliseconds(20), true), 2));

        var summary = new EvaluationSummary(
            "all", [new SequenceResult("walk", 11, 2, TimeSpan.FromSeconds(6), []) { Steps = [.. steps], MemoryPixels = 40 }]);

        Assert.Equal(0.2, summary.WriteRate, 9);
        Assert.Equal(12, summary.TypicalMilliseconds, 9);
        Assert.Equal(40, summary.MemoryPixels);
    }
}
