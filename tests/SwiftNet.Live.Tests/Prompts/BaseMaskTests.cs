using System.IO.Compression;
using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Prompts;

public sealed class BaseMaskTests : IDisposable
{
    private const int Width = 64, Height = 36;
    private static readonly byte[] s_box = Frames.Box(Width, Height, 1, 10, 10, 20, 10);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Palette_grey_and_canvas_pictures_are_read_what_is_not_0_is_the_object()
    {
        IndexedPng.Write(_folder["palette.png"], Width, Height, Array.ConvertAll(s_box, p => (byte)(7 * p)));
        IndexedPng.WriteGrey(_folder["grey.png"], Width, Height, Array.ConvertAll(s_box, p => (byte)(130 * p)));
        using var canvas = new Mat(Height, Width, MatType.CV_8UC4, new Scalar(90, 80, 70, 0));
        Cv2.Rectangle(canvas, new Rect(10, 10, 20, 10), new Scalar(0, 128, 255, 77), -1);
        Cv2.ImWrite(_folder["canvas.png"], canvas);

        Assert.All(["palette.png", "grey.png", "canvas.png"], name => Assert.Equal(s_box, Read(_folder[name])));
    }

    [Fact]
    public void A_mask_of_another_size_and_the_same_shape_is_fitted()
    {
        IndexedPng.Write(_folder["large.png"], 2 * Width, 2 * Height, Frames.Box(2 * Width, 2 * Height, 1, 20, 20, 40, 20));

        Assert.Equal(s_box, Read(_folder["large.png"]));
    }

    [Fact]
    public void What_is_no_png_is_of_the_wrong_type()
    {
        Assert.Equal(PromptFault.WrongType, Refused("GIF89a this is a picture, but not a PNG"u8.ToArray()).Fault);
        Assert.Equal(PromptFault.WrongType, Refused([]).Fault);
    }

    [Fact]
    public void A_bomb_is_refused_by_its_dimensions_before_it_is_inflated()
    {
        HandMadePng.WriteCompressed(_folder["bomb.png"], 16_000, 9_000, Bomb(1 << 20));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Refused(File.ReadAllBytes(_folder["bomb.png"]));

        Assert.Equal(PromptFault.TooLarge, error.Fault);
        Assert.Contains("16000x9000", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Of_pixels_that_inflate_to_more_than_their_header_claims_no_more_is_read()
    {
        HandMadePng.WriteCompressed(_folder["bomb.png"], Width, Height, Bomb(64 << 20));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("empty", Refused(File.ReadAllBytes(_folder["bomb.png"])).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void One_that_is_cut_short_anywhere_is_refused()
    {
        IndexedPng.Write(_folder["mask.png"], Width, Height, s_box);
        var png = File.ReadAllBytes(_folder["mask.png"]);

        Assert.All(Enumerable.Range(8, png.Length - 8), length => Assert.Equal(PromptFault.Unusable, Refused(png[..length]).Fault));
    }

    [Fact]
    public void One_with_any_byte_changed_is_refused_or_read_and_never_breaks()
    {
        IndexedPng.Write(_folder["mask.png"], Width, Height, s_box);
        var png = File.ReadAllBytes(_folder["mask.png"]);
        for (var i = 0; i < png.Length; i++)
        {
            var changed = (byte[])png.Clone();
            changed[i] ^= 0x55;
            var error = Record.Exception(() => BaseMask.FromPng(changed, Width, Height));
            Assert.True(error is null or PromptException, $"byte {i}: {error}");
        }
    }

    [Fact]
    public void Of_another_shape_and_empty_ones_are_refused()
    {
        IndexedPng.Write(_folder["tall.png"], Height, Width, new byte[Width * Height]);
        IndexedPng.Write(_folder["empty.png"], Width, Height, new byte[Width * Height]);

        Assert.Contains("shapes differ", Refused(File.ReadAllBytes(_folder["tall.png"])).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Refused(File.ReadAllBytes(_folder["empty.png"])).Message, StringComparison.Ordinal);
    }

    private static byte[] Read(string path) => BaseMask.FromPng(File.ReadAllBytes(path), Width, Height);

    private static PromptException Refused(byte[] png) => Assert.Throws<PromptException>(() => BaseMask.FromPng(png, Width, Height));

    private static byte[] Bomb(int bytes)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 16];
            for (var written = 0; written < bytes; written += zeros.Length)
            {
                deflate.Write(zeros);
            }
        }

        return compressed.ToArray();
    }
}
