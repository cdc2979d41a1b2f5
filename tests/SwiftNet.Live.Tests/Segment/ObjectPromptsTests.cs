using OpenCvSharp;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Tests.Segment;

public sealed class ObjectPromptsTests
{
    [Fact]
    public void Prompts_are_read_as_they_are_written_on_the_command_line()
    {
        var prompts = ObjectPrompts.Parse("mask.png", ["10,20,30,40"], ["1,2; 30,4;5,60"], ["7,8;-90,10;+11,12"]);

        Assert.Equal("mask.png", prompts.MaskPath);
        Assert.Equal(new Rect(10, 20, 30, 40), Assert.Single(prompts.Boxes));
        Assert.Equal([new Point(1, 2), new Point(30, 4), new Point(5, 60)], Assert.Single(prompts.Polygons));
        var points = Assert.Single(prompts.Points);
        Assert.Equal([new Point(7, 8), new Point(11, 12)], points.Inside);
        Assert.Equal([new Point(90, 10)], points.Outside);
        Assert.False(prompts.IsEmpty);
    }

    [Fact]
    public void No_prompt_is_empty() => Assert.True(ObjectPrompts.Parse(" ", [], null, []).IsEmpty);

    [Theory]
    [InlineData("10,20,30")]
    [InlineData("10,20,0,40")]
    [InlineData("10,20,30,-4")]
    [InlineData("a,b,c,d")]
    [InlineData("10.5,20,30,40")]
    [InlineData("")]
    [InlineData("99999999999,1,1,1")]
    public void A_box_of_another_form_is_refused_by_name(string box) =>
        Assert.Contains($"'{box}'", Assert.Throws<UserErrorException>(() => ObjectPrompts.Parse(null, [box])).Message);

    [Theory]
    [InlineData("1,2;3,4")]
    [InlineData("1,2;3;5,6")]
    [InlineData("")]
    public void A_polygon_of_another_form_is_refused_by_name(string polygon) =>
        Assert.Contains($"'{polygon}'", Assert.Throws<UserErrorException>(() => ObjectPrompts.Parse(null, [], [polygon])).Message);

    [Theory]
    [InlineData("-1,2")]
    [InlineData("1")]
    [InlineData("1,2;x,3")]
    [InlineData("")]
    public void Points_of_another_form_are_refused_by_name(string points) =>
        Assert.Contains($"'{points}'", Assert.Throws<UserErrorException>(() => ObjectPrompts.Parse(null, [], [], [points])).Message);
}
