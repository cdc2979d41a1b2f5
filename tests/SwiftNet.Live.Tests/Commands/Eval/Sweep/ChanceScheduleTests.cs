using SwiftNet.Live.Commands.Eval.Sweep;

namespace SwiftNet.Live.Tests.Commands.Eval.Sweep;

public sealed class ChanceScheduleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(50)]
    public void Draws_as_many_frames_as_are_asked_for(int writes)
    {
        var drawn = ChanceSchedule.Draw(writes, 50, 1);

        Assert.Equal(writes, drawn.Count);
        Assert.All(drawn, frame => Assert.InRange(frame, 1, 50));
    }

    [Fact]
    public void The_seed_decides_which()
    {
        Assert.Equal(ChanceSchedule.Draw(10, 80, 3).Order(), ChanceSchedule.Draw(10, 80, 3).Order());
        Assert.NotEqual(ChanceSchedule.Draw(10, 80, 3).Order(), ChanceSchedule.Draw(10, 80, 4).Order());
    }

    [Fact]
    public void All_frames_are_equally_likely()
    {
        var counts = Enumerable.Range(0, 2000)
            .SelectMany(seed => ChanceSchedule.Draw(5, 20, seed))
            .CountBy(frame => frame)
            .Select(c => c.Value)
            .ToArray();

        Assert.Equal(20, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 400, 600));
    }
}
