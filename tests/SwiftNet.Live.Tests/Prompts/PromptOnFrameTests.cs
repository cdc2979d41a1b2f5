using System.Text.Json;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Tests.Prompts;

public sealed class PromptOnFrameTests
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    [Fact]
    public void A_prompt_is_read_as_it_comes_over_the_wire()
    {
        var asked = Read("""{"box":[10,20,30.5,40],"polygon":[[1,2],[3.6,4],[5,6]],"points":[{"x":7.9,"y":8,"inside":true},{"x":320,"y":200,"inside":false}],"mask_rle":{"size":[200,320],"counts":"0P`n1"}}""");

        Assert.Equal((10, 20, 31, 40), (asked.Box!.Value.X, asked.Box.Value.Y, asked.Box.Value.Width, asked.Box.Value.Height));
        Assert.Equal((4, 4), (asked.Polygon![1].X, asked.Polygon[1].Y));
        Assert.Equal((7, 8), (Assert.Single(asked.Inside).X, asked.Inside[0].Y));
        Assert.Equal((319, 199), (Assert.Single(asked.Outside).X, asked.Outside[0].Y));
        Assert.Equal(64_000, asked.Mask!.Count(p => p == 1));
    }

    [Theory]
    [InlineData("{}", "marks no object")]
    [InlineData("""{"points":[{"x":1,"y":1,"inside":false}]}""", "marks no object")]
    [InlineData("""{"points":[null]}""", "point of the prompt is null")]
    [InlineData("""{"box":[1,2,3]}""", "not x, y, width, height")]
    [InlineData("""{"box":[1,2,0,5]}""", "not x, y, width, height")]
    [InlineData("""{"box":[1,2,-4,5]}""", "not x, y, width, height")]
    [InlineData("""{"box":[-1,2,4,5]}""", "320x200; the box -1,2,4,5 leaves it at -1,2")]
    [InlineData("""{"box":[300,2,40,5]}""", "leaves it at 340,7")]
    [InlineData("""{"box":[1e300,2,1e300,5]}""", "leaves it")]
    [InlineData("""{"polygon":[[1,2],[3,4]]}""", "three or more corners")]
    [InlineData("""{"polygon":[[1,2],[3,4],[5]]}""", "three or more corners")]
    [InlineData("""{"polygon":[[1,2],[3,4],null]}""", "three or more corners")]
    [InlineData("""{"polygon":[[1,2],[3,4],[5,201]]}""", "the polygon that begins at 1,2 leaves it at 5,201")]
    [InlineData("""{"points":[{"x":321,"y":1,"inside":true}]}""", "the point leaves it at 321,1")]
    [InlineData("""{"mask_png":"iVBORw0KGgo=","mask_rle":{"size":[200,320],"counts":"0P`n1"}}""", "two masks")]
    [InlineData("""{"mask_rle":{"size":[200,320],"counts":""}}""", "run lengths end after 0")]
    [InlineData("""{"mask_rle":{"size":[200,320],"counts":null}}""", "need a size of two numbers")]
    [InlineData("""{"mask_rle":{"size":[200],"counts":"0"}}""", "need a size of two numbers")]
    [InlineData("""{"mask_rle":{"size":[-200,-320],"counts":"0"}}""", "need a size of two numbers")]
    [InlineData("""{"mask_rle":{"size":[320,200],"counts":"0P`n1"}}""", "200x320, the frame 320x200: their shapes differ")]
    [InlineData("""{"mask_rle":{"size":[200,320],"counts":"P`n1"}}""", "mask is empty")]
    public void What_is_wrong_with_a_prompt_is_told_in_one_line(string prompt, string expected)
    {
        var error = Assert.Throws<PromptException>(() => Read(prompt));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(PromptFault.Unusable, error.Fault);
    }

    [Fact]
    public void What_is_no_number_is_refused() =>
        Assert.Throws<PromptException>(() => PromptOnFrame.Of(new Prompt { Points = [new(double.NaN, 1)] }, 320, 200));

    [Fact]
    public void Too_many_points_corners_and_pixels_are_too_large()
    {
        Prompt[] large =
        [
            new() { Points = [.. Enumerable.Repeat(new PromptPoint(1, 1), 201)] },
            new() { Polygon = [.. Enumerable.Repeat(new double[] { 1, 1 }, 10_001)] },
            new() { MaskRle = new([10_000, 16_000], "0") },
            new() { MaskRle = new([2_000_000_000, 2_000_000_000], "0") },
        ];

        Assert.All(
            large,
            prompt => Assert.Equal(PromptFault.TooLarge, Assert.Throws<PromptException>(() => PromptOnFrame.Of(prompt, 320, 200)).Fault));
    }

    private static PromptOnFrame Read(string prompt) => PromptOnFrame.Of(JsonSerializer.Deserialize<Prompt>(prompt, s_json)!, 320, 200);
}
