using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Capture;

public sealed class StallLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(25, 0.04, 2)]
    [InlineData(2, 0.5, 2)]
    [InlineData(0.25, 4, 8)]
    [InlineData(25, 5, 10)]
    public void After_the_first_pictures_it_is_twice_what_is_between_two_of_them_and_at_least_two_seconds(
        double rate, double between, double expected)
    {
        var limit = Limit(new CaptureOptions { OpenSeconds = 20 });
        Assert.Equal(20, limit.Next.TotalSeconds);
        for (var i = 0; i < 60; i++)
        {
            limit.Came(rate);
            _time.Advance(TimeSpan.FromSeconds(between));
        }

        Assert.Equal(expected, limit.Next.TotalSeconds, 0.01);
    }

    [Fact]
    public void The_operator_s_limit_holds_from_the_first_picture_on()
    {
        var limit = Limit(new CaptureOptions { OpenSeconds = 20, StallSeconds = 0.5 });
        Assert.Equal(20, limit.Next.TotalSeconds);
        limit.Came(25);
        Assert.Equal(0.5, limit.Next.TotalSeconds);
    }

    private StallLimit Limit(CaptureOptions options) => new(options, TimeSpan.FromSeconds(2), _time);
}
