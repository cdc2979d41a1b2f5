using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_up_to_a_bound_with_chance_in_each_and_begin_anew_after_a_success()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));

        Assert.All([0.5, 1, 2, 4, 8, 16, 30, 30, 30], whole => Assert.InRange(backoff.Next().TotalSeconds, whole / 2, whole));
        Assert.True(Enumerable.Range(0, 20).Select(_ => backoff.Next()).Distinct().Count() > 1, "all waits are the same");

        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.25, 0.5);
    }
}
