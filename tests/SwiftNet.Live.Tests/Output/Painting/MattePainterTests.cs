using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Painting;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Painting;

public sealed class MattePainterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Objects_stay_as_they_are_before_a_plain_colour()
    {
        using var painter = new MattePainter(new MatteOptions { Colour = "#102030" });
        using var frame = Frames.Plain(20, 10, (1, 2, 3)).With(Frames.Box(20, 10, 4, 5, 2, 6, 3));
        var picture = new byte[600];
        painter.Paint(frame, picture);
        for (var i = 0; i < 200; i++)
        {
            byte[] expected = i % 20 is >= 5 and < 11 && i / 20 is >= 2 and < 5 ? [1, 2, 3] : [0x30, 0x20, 0x10];
            Assert.Equal(expected, picture[(3 * i)..((3 * i) + 3)]);
        }
    }

    [Fact]
    public void Without_a_mask_only_the_background_is_seen()
    {
        using var painter = new MattePainter(new MatteOptions { Colour = "#ffffff" });
        using var frame = Frames.Plain(8, 8, (1, 2, 3));
        var picture = new byte[192];
        painter.Paint(frame, picture);
        Assert.All(picture, value => Assert.Equal(255, value));
    }

    [Fact]
    public void A_picture_keeps_its_shape_where_the_frame_s_pixels_are_not_square()
    {
        var stripes = new byte[3 * 60 * 20];
        for (var i = 0; i < 60 * 20; i++)
        {
            stripes[(3 * i) + (i % 60 / 20)] = 200;
        }

        Ffmpeg.Encode(_folder["back.png"], 60, 20, "bgr24", stripes);
        using var painter = new MattePainter(new MatteOptions { Image = _folder["back.png"] });

        // Shown three times as wide as high, as the picture is: all three stripes are seen.
        using var frame = Frames.Plain(40, 40, (1, 2, 3), aspect: PixelAspect.Of(3, 1));
        var picture = new byte[3 * 40 * 40];
        painter.Paint(frame, picture);
        Assert.Equal([200, 0, 0], picture[(3 * 5)..((3 * 5) + 3)]);
        Assert.Equal([0, 200, 0], picture[(3 * 20)..((3 * 20) + 3)]);
        Assert.Equal([0, 0, 200], picture[(3 * 35)..((3 * 35) + 3)]);
    }

    [Fact]
    public void A_picture_fills_frames_of_any_size_and_keeps_its_shape()
    {
        // Three stripes, blue, green and red: in a frame as high as wide only the middle of them is left.
        var stripes = new byte[3 * 60 * 20];
        for (var i = 0; i < 60 * 20; i++)
        {
            stripes[(3 * i) + (i % 60 / 20)] = 200;
        }

        Ffmpeg.Encode(_folder["back.png"], 60, 20, "bgr24", stripes);
        using var painter = new MattePainter(new MatteOptions { Image = _folder["back.png"] });
        using var square = Frames.Plain(40, 40, (1, 2, 3));
        var picture = new byte[3 * 40 * 40];
        painter.Paint(square, picture);
        Assert.Equal([0, 200, 0], picture[(3 * 820)..((3 * 820) + 3)]);
        using var wide = Frames.Plain(30, 10, (1, 2, 3));
        picture = new byte[3 * 30 * 10];
        painter.Paint(wide, picture);
        Assert.Equal([200, 0, 0], picture[..3]);
        Assert.Equal([0, 0, 200], picture[^3..]);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_told()
    {
        File.WriteAllText(_folder["back.png"], "no picture");
        var error = Assert.Throws<UserErrorException>(() => new MattePainter(new MatteOptions { Image = _folder["back.png"] }));
        Assert.Contains("cannot be read as a picture", error.Message, StringComparison.Ordinal);
    }
}
