using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Output;

namespace SwiftNet.Live.Tests.Output;

public sealed class RetryTimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Each_failure_waits_twice_as_long_up_to_the_bound()
    {
        var retry = RetryTime.Local(_time);
        Assert.True(retry.IsOver);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            var wait = retry.Failed();
            Assert.InRange(wait.TotalSeconds, seconds * 0.5, seconds);
            Assert.False(retry.IsOver);
            _time.Advance(wait);
            Assert.True(retry.IsOver);
        }
    }

    [Fact]
    public void What_held_for_long_begins_anew()
    {
        var retry = RetryTime.Local(_time);
        _ = retry.Failed();
        _ = retry.Failed();
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.InRange(retry.Failed().TotalSeconds, 0.5, 1);
    }
}
