using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Output;

namespace SwiftNet.Live.Tests.Output;

public sealed class BackoffTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Each_failure_waits_twice_as_long_up_to_the_bound()
    {
        var backoff = Backoff.Local(_time);
        Assert.True(backoff.IsOver);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            var wait = backoff.Failed();
            Assert.InRange(wait.TotalSeconds, seconds * 0.6, seconds * 1.7);
            Assert.True(wait <= TimeSpan.FromSeconds(66));
            Assert.False(backoff.IsOver);
            _time.Advance(wait);
            Assert.True(backoff.IsOver);
        }
    }

    [Fact]
    public void What_held_for_long_begins_anew()
    {
        var backoff = Backoff.Local(_time);
        _ = backoff.Failed();
        _ = backoff.Failed();
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.InRange(backoff.Failed().TotalSeconds, 0.9, 1.1);
        backoff.Reset();
        Assert.True(backoff.IsOver);
    }
}
