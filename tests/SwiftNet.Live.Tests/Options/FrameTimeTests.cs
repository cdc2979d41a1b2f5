using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class FrameTimeTests
{
    [Theory]
    [InlineData("auto", 25, 40)]
    [InlineData("AUTO", 10, 100)]
    [InlineData("auto", 60, 33.333)]
    [InlineData("auto", 0, 40)]
    [InlineData("25", 10, 25)]
    [InlineData("12.5", 0, 12.5)]
    public void Auto_goes_by_the_cameras_rate_and_a_number_is_milliseconds(string text, double framesPerSecond, double milliseconds)
    {
        Assert.True(FrameTime.TryParse(text, out var time));
        Assert.Equal(milliseconds, time.Pace(framesPerSecond), 3);
        Assert.True(FrameTime.TryParse(time.ToString().Replace(" ms", "", StringComparison.Ordinal), out var again));
        Assert.Equal(time, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("40ms")]
    [InlineData("fast")]
    [InlineData("1,5")]
    public void Anything_else_is_refused(string text) => Assert.False(FrameTime.TryParse(text, out _));
}
