using OpenCvSharp;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Prompts;

public sealed class PromptMaskTests
{
    private static readonly PromptPoint s_onTheDisc = new(Scene.Centre.X, Scene.Centre.Y);

    [Theory]
    [InlineData(0)]
    [InlineData(320)]
    [InlineData(60)]
    public void A_box_finds_the_disc_at_any_bound(int longestSide)
    {
        var found = new PromptMask(null, longestSide).Find(
            Scene.Picture, Scene.Width, Scene.Height, new Prompt { Box = [70.4, 50.5, 100, 100] });

        Assert.InRange(Scene.Overlap(found.Pixels), 0.93, 1);
        Assert.Equal(found.Pixels.Count(p => p == 1), found.Area);
        Assert.All(found.Pixels, p => Assert.InRange(p, 0, 1));
        Assert.InRange(found.Box.X, 77, 83);
        Assert.InRange(found.Box.Right, 158, 163);
        Assert.True(found.Took > TimeSpan.Zero);
    }

    [Fact]
    public void One_point_finds_the_disc() => Assert.InRange(Scene.Overlap(Find(new Prompt { Points = [s_onTheDisc] })), 0.9, 1);

    [Fact]
    public void A_mask_alone_is_taken_as_it_is()
    {
        var drawn = Scene.Drawn(mask => Cv2.Rectangle(mask, new Rect(10, 10, 30, 20), Scalar.All(1), -1));

        Assert.Equal(drawn, Find(new Prompt { MaskRle = Runs(drawn) }));
    }

    [Fact]
    public void A_point_adds_to_a_mask_what_it_is_on_and_another_takes_away()
    {
        // The left half of the disc, and as much of the meadow.
        var half = Scene.Drawn(mask =>
        {
            Cv2.Circle(mask, Scene.Centre, 40, Scalar.All(1), -1);
            Cv2.Rectangle(mask, new Rect(120, 0, 60, 200), Scalar.Black, -1);
            Cv2.Rectangle(mask, new Rect(60, 150, 60, 40), Scalar.All(1), -1);
        });

        var corrected = Find(new Prompt { MaskRle = Runs(half), Points = [new(140, 100), new(90, 170, Inside: false)] });

        Assert.InRange(Scene.Overlap(half), 0.3, 0.45);
        Assert.InRange(Scene.Overlap(corrected), 0.9, 1);
    }

    [Fact]
    public void Box_and_mask_together_are_both_the_object()
    {
        var drawn = Scene.Drawn(mask => Cv2.Rectangle(mask, new Rect(250, 10, 30, 20), Scalar.All(1), -1));

        var found = Find(new Prompt { Box = [70, 50, 100, 100], MaskRle = Runs(drawn) });

        Assert.All(Enumerable.Range(0, drawn.Length).Where(i => drawn[i] == 1), i => Assert.Equal(1, found[i]));
        Assert.InRange(Scene.Overlap([.. found.Zip(drawn, (f, d) => (byte)(f & ~d))]), 0.93, 1);
    }

    [Fact]
    public void The_mask_goes_out_as_the_run_lengths_that_come_in()
    {
        var found = new PromptMask(null).Find(Scene.Picture, Scene.Width, Scene.Height, new Prompt { Box = [70, 50, 100, 100] });

        Assert.Equal(found.Pixels, Find(new Prompt { MaskRle = new PromptRuns([Scene.Height, Scene.Width], found.Counts()) }));
    }

    [Fact]
    public void Where_no_pixel_is_left_the_error_says_what_to_do()
    {
        // Within a picture of one colour nothing differs from anything.
        var grey = new byte[3 * Scene.Width * Scene.Height];
        var error = Record.Exception(
            () => new PromptMask(null).Find(grey, Scene.Width, Scene.Height, new Prompt { Box = [70, 50, 100, 100] }));

        Assert.True(error is null or PromptException { Fault: PromptFault.Unusable }, error?.ToString());
    }

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(319.5, 199.5, 0.5, 0.5)]
    [InlineData(0, 0, 320, 200)]
    [InlineData(320, 0, 0.0001, 200)]
    public void Boxes_at_the_very_edge_give_a_mask_or_a_clear_error(double x, double y, double width, double height)
    {
        var error = Record.Exception(
            () => Find(new Prompt { Box = [x, y, width, height], Points = [new(320, 200), new(0, 0, Inside: false)] }));

        Assert.True(error is null or PromptException, error?.ToString());
    }

    private static byte[] Find(Prompt prompt) => new PromptMask(null).Find(Scene.Picture, Scene.Width, Scene.Height, prompt).Pixels;

    private static PromptRuns Runs(byte[] mask)
    {
        var runs = new RunLengths();
        runs.Measure(mask, Scene.Width);
        return new PromptRuns([Scene.Height, Scene.Width], System.Text.Encoding.ASCII.GetString(runs.Finish(1)));
    }
}
