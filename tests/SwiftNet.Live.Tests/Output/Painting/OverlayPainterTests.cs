using SwiftNet.Imaging.Palettes;
using SwiftNet.Live.Output.Painting;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Painting;

public sealed class OverlayPainterTests
{
    private readonly OverlayPainter _painter = new();

    [Fact]
    public void Without_a_mask_it_is_the_picture()
    {
        using var frame = Frames.Plain(7, 5, (10, 20, 30));
        Assert.Equal(frame.Pixels.Array, Paint(frame));
    }

    [Fact]
    public void An_object_is_filled_in_its_colour_within_a_contour_and_the_rest_is_the_picture()
    {
        using var frame = Frames.Plain(20, 12, (100, 100, 100)).With(Frames.Box(20, 12, 2, left: 4, top: 3, boxWidth: 8, boxHeight: 6));
        var picture = Paint(frame);
        var (r, g, b) = OverlayColours.Of(2);
        for (var y = 0; y < 12; y++)
        {
            for (var x = 0; x < 20; x++)
            {
                var pixel = Pixel(picture, 20, x, y);
                var inside = x is > 4 and < 11 && y is > 3 and < 8;
                var on = x is >= 4 and < 12 && y is >= 3 and < 9;
                if (inside)
                {
                    Assert.True(pixel.G > 120 && pixel.R < 90 && pixel.B < 90, $"{x},{y}: {pixel}");
                }
                else
                {
                    Assert.Equal(on ? (b, g, r) : ((byte)100, (byte)100, (byte)100), pixel);
                }
            }
        }
    }

    [Fact]
    public void A_colour_that_was_given_is_taken_and_another_one_from_the_next_frame_on()
    {
        using var frame = Frames.Plain(20, 12, (100, 100, 100))
            .With(Frames.Box(20, 12, 2, left: 4, top: 3, boxWidth: 8, boxHeight: 6))
            .Dressed((2, null, (1, 2, 3)));
        Assert.Equal(((byte)3, (byte)2, (byte)1), Pixel(Paint(frame), 20, 4, 3));
        frame.Dressed((2, "cup", (4, 5, 6)));
        Assert.Equal(((byte)6, (byte)5, (byte)4), Pixel(Paint(frame), 20, 4, 3));
        frame.Dressed();
        var (r, g, b) = OverlayColours.Of(2);
        Assert.Equal((b, g, r), Pixel(Paint(frame), 20, 4, 3));
    }

    [Fact]
    public void Where_the_object_leaves_the_picture_it_has_no_contour()
    {
        using var frame = Frames.Plain(20, 12, (100, 100, 100)).With(Frames.Box(20, 12, 1, left: 0, top: 0, boxWidth: 20, boxHeight: 12));
        var picture = Paint(frame);
        Assert.All(Enumerable.Range(0, 20 * 12), i => Assert.Equal(Pixel(picture, 20, 5, 5), Pixel(picture, 20, i % 20, i / 20)));
    }

    [Fact]
    public void Every_id_up_to_63_has_a_colour_of_its_own_that_reads_on_black()
    {
        var colours = Enumerable.Range(1, 63).Select(id => OverlayColours.Of((byte)id)).ToArray();
        Assert.Equal(colours.Length, colours.Distinct().Count());
        Assert.All(colours, colour => Assert.True(Math.Max(colour.R, Math.Max(colour.G, colour.B)) > 110));
    }

    [Fact]
    public void Written_cells_are_where_the_network_saw_them()
    {
        // 40x24 of the network in a picture of twice the size; padded to 48x32 by 4 on each side. Cell (1, 1) spans network columns 12 to
        // 27, rows 12 to 23.
        using var frame = Frames.Plain(80, 48, (50, 50, 50));
        (frame.NetworkWidth, frame.NetworkHeight) = (40, 24);
        var picture = Paint(frame.With(new byte[80 * 48], WriteReason.Variation, new IdMask(3, 2, [0, 0, 0, 0, 1, 0])));
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 80; x++)
            {
                var red = Pixel(picture, 80, x, y).R > 150;
                Assert.Equal(x is >= 24 and < 56 && y >= 24, red);
            }
        }
    }

    [Fact]
    public void The_map_of_cells_follows_the_sizes()
    {
        foreach (var (width, height) in new[] { (33, 17), (854, 480), (33, 17), (16, 16) })
        {
            using var frame = Frames.Plain(width, height, (0, 0, 0));
            var cells = new IdMask((width + 15) / 16, (height + 15) / 16, new byte[(width + 15) / 16 * ((height + 15) / 16)]);
            cells.Ids.AsSpan().Fill(1);
            var picture = Paint(frame.With(new byte[width * height], WriteReason.First, cells));
            Assert.Equal(width * height, Enumerable.Range(0, width * height).Count(i => picture[(3 * i) + 2] > 150));
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_frame()
    {
        using var frame = Frames.Plain(64, 64, (1, 2, 3)).With(
            Frames.Box(64, 64, 3, 8, 8, 20, 20), WriteReason.First, new IdMask(4, 4, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        var bgr = new byte[3 * 64 * 64];
        _painter.Paint(frame, bgr);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _painter.Paint(frame, bgr);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private byte[] Paint(SwiftNet.Live.Pipeline.Frame frame)
    {
        var bgr = new byte[3 * frame.Width * frame.Height];
        _painter.Paint(frame, bgr);
        return bgr;
    }

    private static (byte B, byte G, byte R) Pixel(byte[] picture, int width, int x, int y)
    {
        var at = 3 * ((y * width) + x);
        return (picture[at], picture[at + 1], picture[at + 2]);
    }
}
