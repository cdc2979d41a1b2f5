using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class FrameTimeTests
{
    [Theory]
    [InlineData("auto", 40, 14)]
    [InlineData("AUTO", 40, 14)]
    [InlineData("25", 25, 25)]
    [InlineData("12.5", 12.5, 12.5)]
    public void Auto_goes_by_the_device_and_a_number_is_milliseconds(string text, double onCpu, double onCuda)
    {
        Assert.True(FrameTime.TryParse(text, out var time));
        Assert.Equal((onCpu, onCuda), (time.On("cpu"), time.On("cuda:1")));
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
