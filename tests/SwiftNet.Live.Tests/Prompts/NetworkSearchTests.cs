using OpenCvSharp;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Tests.Prompts;

/// <summary>Prompts on a photograph, decided by the network that is shipped.</summary>
public sealed class NetworkSearchTests(ShippedNetwork shipped) : IClassFixture<ShippedNetwork>
{
    [Fact]
    public void A_box_gives_the_object_in_it()
    {
        var found = Find(new Prompt { Box = Box() });

        Assert.InRange(Photo.Overlap(found), 0.8, 1);
        using var mask = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, found);
        Assert.Equal(Photo.Box, Photo.Box | Cv2.BoundingRect(mask));
    }

    [Fact]
    public void Points_alone_give_the_object_better_the_more_there_are()
    {
        using var truth = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, Photo.Cockatoo);
        var found = new byte[Photo.Cockatoo.Length];
        var points = new List<PromptPoint>();
        while (points.Count < 4)
        {
            using var sofar = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, found);
            points.Add(SimulatedUser.NextPoint(truth, sofar)!);
            found = Find(new Prompt { Points = points });
            Assert.All(points, p => Assert.Equal(p.Inside ? 1 : 0, found[((int)p.Y * Photo.Width) + (int)p.X]));
        }

        Assert.InRange(Photo.Overlap(found), 0.8, 1);
    }

    [Fact]
    public void A_rough_polygon_moves_to_the_object_s_border()
    {
        var hull = Hull();
        var drawn = hull.Where((_, i) => i % (hull.Length / 5) == 0).Take(5).Select(p => new double[] { p.X, p.Y }).ToArray();
        var filled = new byte[Photo.Cockatoo.Length];
        using (var mask = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, filled))
        {
            Cv2.FillPoly(mask, [drawn.Select(p => new Point(p[0], p[1]))], Scalar.All(1));
        }

        Assert.InRange(Photo.Overlap(Find(new Prompt { Polygon = drawn })), Photo.Overlap(filled) + 0.05, 1);
    }

    [Fact]
    public void A_point_mends_a_mask_where_it_is_wrong_and_leaves_the_rest_as_it_is()
    {
        // The lower part of the bird is missing, and there is a patch that is none of it.
        var mask = (byte[])Photo.Cockatoo.Clone();
        var (cut, patch) = (Photo.Box.Top + (Photo.Box.Height * 2 / 3), new Rect(Photo.Width - 60, 10, 40, 40));
        mask.AsSpan(cut * Photo.Width).Clear();
        using (var mat = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, mask))
        {
            Cv2.Rectangle(mat, patch, Scalar.All(1), -1);
        }

        using var truth = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, Photo.Cockatoo);
        using var wrong = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, (byte[])mask.Clone());
        var click = SimulatedUser.NextPoint(truth, wrong)!;

        var found = Find(new Prompt { MaskRle = Runs(mask), Points = [click] });

        Assert.True(click.Inside);
        Assert.InRange(Photo.Overlap(found), Photo.Overlap(mask) + 0.05, 1);
        Assert.All(Enumerable.Range(patch.Top, patch.Height), y => Assert.Equal(1, found[(y * Photo.Width) + patch.Left + 20]));

        var mended = Find(new Prompt { MaskRle = Runs(found), Points = [new(patch.X + 20, patch.Y + 20, Inside: false)] });
        Assert.Equal(0, mended[((patch.Y + 20) * Photo.Width) + patch.X + 20]);
        Assert.InRange(Photo.Overlap(mended), Photo.Overlap(found), 1);
    }

    [Fact]
    public void A_point_on_a_detail_changes_nothing_but_the_detail()
    {
        using var truth = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, Photo.Cockatoo);
        using var nothing = new Mat(Photo.Height, Photo.Width, MatType.CV_8UC1, Scalar.Black);
        var middle = SimulatedUser.NextPoint(truth, nothing)!;
        PromptPoint[] points = [middle, middle, middle];
        var before = Find(new Prompt { Points = points });

        // A spot of three pixels far from the bird.
        PromptPoint spot = new(Photo.Box.Left > Photo.Width / 2 ? 8 : Photo.Width - 8, 8);
        var after = Find(new Prompt { Points = [.. points, spot] });

        Assert.Equal(1, after[((int)spot.Y * Photo.Width) + (int)spot.X]);
        Assert.InRange(Photo.Overlap(after), Photo.Overlap(before) - 0.1, 1);
    }

    [Fact]
    public void The_same_prompt_gives_the_same_mask() =>
        Assert.Equal(
            Find(new Prompt { Points = [new(Photo.Box.X + (Photo.Box.Width / 2), Photo.Box.Y + (Photo.Box.Height / 2))] }),
            Find(new Prompt { Points = [new(Photo.Box.X + (Photo.Box.Width / 2), Photo.Box.Y + (Photo.Box.Height / 2))] }));

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(0, 0, 10_000, 1)]
    [InlineData(0.5, 0.5, 1, 10_000)]
    [InlineData(0, 0, 10_000, 10_000)]
    public void Boxes_of_any_shape_give_a_mask_or_a_clear_error(double x, double y, double width, double height)
    {
        var error = Record.Exception(() => Find(new Prompt { Box = [x, y, Math.Min(width, Photo.Width - x), Math.Min(height, Photo.Height - y)], Points = [new(0, 0), new(Photo.Width, Photo.Height, Inside: false)] }));

        Assert.True(error is null or PromptException, error?.ToString());
    }

    [Fact]
    public void A_picture_of_a_few_pixels_breaks_nothing()
    {
        var error = Record.Exception(
            () => new PromptMask(shipped.Network).Find([1, 2, 3, 4, 5, 6], 2, 1, new Prompt { Points = [new(1, 0)] }));

        Assert.True(error is null or PromptException, error?.ToString());
    }

    private byte[] Find(Prompt prompt) => new PromptMask(shipped.Network).Find(Photo.Bgr, Photo.Width, Photo.Height, prompt).Pixels;

    private static double[] Box() => [Photo.Box.X, Photo.Box.Y, Photo.Box.Width, Photo.Box.Height];

    private static Point[] Hull()
    {
        using var mask = Mat.FromPixelData(Photo.Height, Photo.Width, MatType.CV_8UC1, Photo.Cockatoo);
        Cv2.FindContours(mask, out var outlines, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        return Cv2.ConvexHull(outlines.MaxBy(o => o.Length)!);
    }

    private static PromptRuns Runs(byte[] mask)
    {
        var runs = new RunLengths();
        runs.Measure(mask, Photo.Width);
        return new PromptRuns([Photo.Height, Photo.Width], System.Text.Encoding.ASCII.GetString(runs.Finish(1)));
    }
}
