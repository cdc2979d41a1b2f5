using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class FrameSizeTests
{
    [Theory]
    [InlineData("640x352", 854, 480, 626, 352)]
    [InlineData("640x352", 1280, 720, 626, 352)]
    [InlineData("640x352", 352, 640, 194, 352)]
    [InlineData("640x352", 320, 240, 320, 240)]
    [InlineData("640x352", 640, 352, 640, 352)]
    [InlineData("native", 1921, 1081, 1921, 1081)]
    [InlineData("16x16", 8000, 16, 16, 1)]
    public void A_frame_is_scaled_down_to_fit_inside_and_never_up(string bound, int width, int height, int fitWidth, int fitHeight)
    {
        Assert.True(FrameSize.TryParse(bound, out var size));
        Assert.Equal(new FrameSize(fitWidth, fitHeight), size.Fit(width, height));
        Assert.Equal(bound, size.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("640")]
    [InlineData("640x")]
    [InlineData("x352")]
    [InlineData("-640x352")]
    [InlineData("0x0")]
    [InlineData("640x352x3")]
    public void What_is_no_size_is_refused(string text) => Assert.False(FrameSize.TryParse(text, out _));
}
