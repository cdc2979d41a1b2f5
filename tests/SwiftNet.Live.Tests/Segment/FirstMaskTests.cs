using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Metrics;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>An orange disk before a meadow with noise, and prompts for it.</summary>
public sealed class FirstMaskTests : IDisposable
{
    private const int Width = 320, Height = 200;
    private static readonly Point s_centre = new(120, 100);
    private static readonly byte[] s_disk = Disk(s_centre, 40);
    private static readonly byte[] s_picture = Paint();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_box_finds_what_differs_from_its_surroundings() =>
        Assert.InRange(RegionSimilarity.Measure(s_disk, Create(new ObjectPrompts { Boxes = [new Rect(70, 50, 100, 100)] }).Ids), 0.95, 1);

    [Fact]
    public void A_box_over_the_whole_picture_finds_the_object_as_well() =>
        Assert.InRange(
            RegionSimilarity.Measure(s_disk, Create(new ObjectPrompts { Boxes = [new Rect(0, 0, Width, Height)] }).Ids), 0.95, 1);

    [Fact]
    public void A_point_finds_what_hangs_together_with_it() =>
        Assert.InRange(
            RegionSimilarity.Measure(
                s_disk, Create(new ObjectPrompts { Points = [new PointPrompt([s_centre], [new Point(250, 100)])] }).Ids),
            0.9,
            1);

    [Fact]
    public void A_rough_polygon_moves_to_the_edges()
    {
        // A diamond within the disk: its sides lie up to 12 pixels inside.
        var drawn = new[] { new Point(80, 100), new Point(120, 60), new Point(160, 100), new Point(120, 140) };

        Assert.InRange(RegionSimilarity.Measure(s_disk, Filled(drawn)), 0.6, 0.7);
        Assert.InRange(RegionSimilarity.Measure(s_disk, Create(new ObjectPrompts { Polygons = [drawn] }).Ids), 0.8, 1);
    }

    [Fact]
    public void A_careful_polygon_stays_as_it_was_drawn()
    {
        var drawn = Enumerable.Range(0, 24)
            .Select(i => new Point(120 + (30 * Math.Cos(i * Math.PI / 12)), 100 + (38 * Math.Sin(i * Math.PI / 12))))
            .ToArray();

        Assert.Equal(Filled(drawn), Create(new ObjectPrompts { Polygons = [drawn] }).Ids);
    }

    [Fact]
    public void Ids_go_on_after_those_of_the_mask_and_a_later_prompt_has_the_pixel()
    {
        var ids = new byte[Width * Height];
        ids.AsSpan(0, 20 * Width).Fill(4);
        IndexedPng.Write(_folder["mask.png"], new IdMask(Width, Height, ids));

        var mask = Create(new ObjectPrompts { MaskPath = _folder["mask.png"], Boxes = [new Rect(70, 50, 100, 100)], Polygons = [[new Point(0, 0), new Point(30, 0), new Point(30, 30), new Point(0, 30)]] });

        Assert.Equal([4, 5, 6], mask.DistinctIds());
        Assert.Equal(6, mask.Ids[(5 * Width) + 5]);
        Assert.Equal(4, mask.Ids[(5 * Width) + 100]);
        Assert.Equal(5, mask.Ids[(100 * Width) + 120]);
    }

    [Fact]
    public void The_same_prompt_gives_the_same_mask()
    {
        var prompts = new ObjectPrompts { Boxes = [new Rect(60, 40, 150, 130)] };

        Assert.Equal(Create(prompts).Ids, Create(prompts).Ids);
    }

    [Theory]
    [InlineData(-1, 50, 100, 100, "-1,50")]
    [InlineData(300, 50, 100, 100, "400,150")]
    [InlineData(2_000_000_000, 50, 2_000_000_000, 100, "2000000000,50")]
    public void A_box_that_leaves_the_picture_is_refused_with_the_corner_that_does(int x, int y, int width, int height, string corner)
    {
        var error = Assert.Throws<UserErrorException>(() => Create(new ObjectPrompts { Boxes = [new Rect(x, y, width, height)] }));

        Assert.Contains("320x200", error.Message);
        Assert.Contains(corner, error.Message);
    }

    [Fact]
    public void Polygons_and_points_that_leave_the_picture_are_refused()
    {
        Assert.Throws<UserErrorException>(
            () => Create(new ObjectPrompts { Polygons = [[new Point(0, 0), new Point(30, 0), new Point(30, 201)]] }));
        Assert.Throws<UserErrorException>(() => Create(new ObjectPrompts { Points = [new PointPrompt([new Point(330, 10)], [])] }));
        Assert.Throws<UserErrorException>(
            () => Create(new ObjectPrompts { Points = [new PointPrompt([new Point(30, 10)], [new Point(1, 900)])] }));
    }

    [Fact]
    public void An_object_that_a_later_one_covers_is_refused_by_name()
    {
        var error = Assert.Throws<UserErrorException>(() => Create(new ObjectPrompts
        {
            Polygons =
            [
                [new Point(50, 50), new Point(60, 50), new Point(60, 60)],
                [new Point(0, 0), new Point(Width, 0), new Point(Width, Height), new Point(0, Height)],
            ],
        }));

        Assert.Contains("the polygon that begins at 50,50", error.Message);
    }

    [Theory]
    [InlineData(100, 90, 1, 1)]
    [InlineData(0, 0, 2, 1)]
    [InlineData(0, 199, 320, 1)]
    [InlineData(319, 0, 1, 200)]
    public void A_box_of_hardly_a_pixel_gives_an_object_or_a_clear_error(int x, int y, int width, int height)
    {
        var error = Record.Exception(() => Create(new ObjectPrompts { Boxes = [new Rect(x, y, width, height)] }));

        Assert.True(error is null or UserErrorException, error?.ToString());
    }

    [Fact]
    public void No_prompt_at_all_is_refused() => Assert.Throws<UserErrorException>(() => Create(new ObjectPrompts()));

    private static IdMask Create(ObjectPrompts prompts) => FirstMask.Create(s_picture, Width, Height, prompts);

    private static byte[] Filled(Point[] polygon)
    {
        using var drawn = new Mat(Height, Width, MatType.CV_8UC1, Scalar.Black);
        Cv2.FillPoly(drawn, [polygon], new Scalar(1));
        drawn.GetArray(out byte[] ids);
        return ids;
    }

    private static byte[] Disk(Point centre, int radius)
    {
        using var drawn = new Mat(Height, Width, MatType.CV_8UC1, Scalar.Black);
        Cv2.Circle(drawn, centre, radius, new Scalar(1), -1);
        drawn.GetArray(out byte[] ids);
        return ids;
    }

    private static byte[] Paint()
    {
        var random = new Random(3);
        var picture = new byte[3 * Width * Height];
        for (var i = 0; i < s_disk.Length; i++)
        {
            var (blue, green, red) = s_disk[i] == 1 ? (20, 120, 230) : (60, 140, 50);
            picture[3 * i] = (byte)(blue + random.Next(20));
            picture[(3 * i) + 1] = (byte)(green + random.Next(20));
            picture[(3 * i) + 2] = (byte)(red + random.Next(20));
        }

        return picture;
    }
}
