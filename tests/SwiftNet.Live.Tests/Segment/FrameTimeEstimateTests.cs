using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Tests.Segment;

public sealed class FrameTimeEstimateTests
{
    [Fact]
    public void It_goes_by_the_speed_of_the_chosen_format_the_pixels_and_the_objects()
    {
        var choice = new FormatChoice("int8", "measured", [new FormatTiming("bfloat16", 2, 300), new FormatTiming("int8", 1, 600)]);

        var one = FrameTimeEstimate.Milliseconds(choice, 576 * 320, 1, 2)!.Value;
        Assert.InRange(one, 20, 90);
        Assert.Equal(1.5 * one, FrameTimeEstimate.Milliseconds(choice, 576 * 320, 2, 2)!.Value, 6);
        Assert.Equal(one / 4, FrameTimeEstimate.Milliseconds(choice, 288 * 160, 1, 2)!.Value, 6);
        Assert.InRange(FrameTimeEstimate.Milliseconds(choice, 576 * 320, 1, 16)!.Value, one / 2, 0.8 * one);
        Assert.Equal(2 * one, FrameTimeEstimate.Milliseconds(choice with { Format = "bfloat16" }, 576 * 320, 1, 2)!.Value, 6);
    }

    [Fact]
    public void Without_a_measured_speed_nothing_is_expected() =>
        Assert.Null(FrameTimeEstimate.Milliseconds(new FormatChoice("float32", "as configured", []), 576 * 320, 1, 2));
}
