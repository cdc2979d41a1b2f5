using OpenCvSharp;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>First masks as people have them: a disk, drawn by several habits.</summary>
public sealed class MaskFileTests : IDisposable
{
    private const int Width = 64, Height = 48;
    private const int White = 0xFFFFFF;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new[] { 0xFF0000, 0 }, 1, "index 1 of its palette")]
    [InlineData(new[] { 0x00FF00, 0xFF0000, 0 }, 2, "index 2 of its palette")]
    [InlineData(new[] { 0xFF0000, -1 }, 1, "index 1 of its palette")]
    public void A_palette_whose_background_is_not_index_0_is_understood_and_that_is_said(int[] palette, byte ground, string said)
    {
        var drawn = Disk(0, ground);
        Write("mask.png", drawn, palette);

        Assert.Equal(Disk(1, 0), Read("mask.png", out var note).Ids);
        Assert.Contains(said, note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0, 0x800000 })]
    [InlineData(new[] { 0x336699, 0x800000 })]
    [InlineData(new[] { -1, 0 })]
    public void A_palette_whose_background_is_index_0_stays_as_it_is(int[] palette)
    {
        Write("mask.png", Disk(1, 0), palette);

        Assert.Equal(Disk(1, 0), Read("mask.png", out var note).Ids);
        Assert.Equal("", note);
    }

    [Theory]
    [InlineData("gray")]
    [InlineData("monob")]
    [InlineData("rgb24")]
    [InlineData("gray16be")]
    [InlineData("ya8")]
    public void Black_on_white_is_a_black_object_and_white_on_black_a_white_one(string format)
    {
        Ffmpeg.Encode(_folder["ink.png"], Width, Height, "gray", Disk(0, 255), "-pix_fmt", format);
        Ffmpeg.Encode(_folder["chalk.png"], Width, Height, "gray", Disk(255, 0), "-pix_fmt", format);

        Assert.Equal(Disk(1, 0), Read("ink.png", out var ink).Ids);
        Assert.Equal(Disk(1, 0), Read("chalk.png", out var chalk).Ids);
        Assert.Contains("black on white", ink, StringComparison.Ordinal);
        Assert.Equal("", chalk);
    }

    [Theory]
    [InlineData(0, 1, new[] { 0, White })]
    [InlineData(1, 0, new[] { White, 0 })]
    public void Black_on_white_is_understood_with_a_palette_of_any_order(byte ink, byte paper, int[] palette)
    {
        Write("ink.png", Disk(ink, paper), palette);
        Write("chalk.png", Disk(paper, ink), palette);

        Assert.Equal(Disk(1, 0), Read("ink.png", out _).Ids);
        Assert.Equal(Disk(1, 0), Read("chalk.png", out _).Ids);
    }

    [Fact]
    public void A_large_object_by_its_id_is_no_paper()
    {
        Ffmpeg.Encode(_folder["large.png"], Width, Height, "gray", Disk(0, 1));

        Assert.Equal(Disk(0, 1), Read("large.png", out var note).Ids);
        Assert.Equal("", note);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_to_be_ignored_is_no_object(bool hasPalette)
    {
        var ids = Disk(3, 0);
        ids.AsSpan(0, Width).Fill(255);
        if (hasPalette)
        {
            IndexedPng.Write(_folder["mask.png"], new IdMask(Width, Height, ids));
        }
        else
        {
            Ffmpeg.Encode(_folder["mask.png"], Width, Height, "gray", ids);
        }

        Assert.Equal(Disk(3, 0), Read("mask.png", out var note).Ids);
        Assert.Contains("255", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gray")]
    [InlineData("rgb24")]
    [InlineData("ya8")]
    public void Smoothed_edges_are_called_so(string format)
    {
        using var picture = new Mat(Height, Width, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Circle(picture, new Point(32, 24), 12, Scalar.All(255), -1, LineTypes.AntiAlias);
        picture.GetArray(out byte[] grey);
        Ffmpeg.Encode(_folder["mask.png"], Width, Height, "gray", grey, "-pix_fmt", format);

        var error = Assert.Throws<UserErrorException>(() => Read("mask.png", out _));

        Assert.Contains("smoothed (antialiased) edges", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_ids_are_no_smoothed_edges()
    {
        var ids = new byte[Width * Height];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (byte)((i % Width / 8) + (8 * (i / Width / 8)));
        }

        Ffmpeg.Encode(_folder["mask.png"], Width, Height, "gray", ids);

        Assert.Equal(ids, Read("mask.png", out _).Ids);
    }

    [Fact]
    public void An_object_that_looks_like_the_background_is_warned_of()
    {
        var log = new WarningLog();
        Ffmpeg.Encode(_folder["most.png"], Width, Height, "gray", Disk(0, 1));
        Ffmpeg.Encode(_folder["disk.png"], Width, Height, "gray", Disk(1, 0));

        FirstMask.Create(new byte[3 * Width * Height], Width, Height, new ObjectPrompts { MaskPath = _folder["disk.png"] }, logger: log);
        Assert.Empty(log.Warnings);
        FirstMask.Create(new byte[3 * Width * Height], Width, Height, new ObjectPrompts { MaskPath = _folder["most.png"] }, logger: log);
        Assert.Contains("touches all four sides", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    private IdMask Read(string name, out string note) => MaskFile.Read(_folder[name], Width, Height, out note);

    private void Write(string name, byte[] ids, int[] palette)
    {
        var rows = new byte[Height * (Width + 1)];
        for (var y = 0; y < Height; y++)
        {
            ids.AsSpan(y * Width, Width).CopyTo(rows.AsSpan((y * (Width + 1)) + 1));
        }

        HandMadePng.Write(_folder[name], Width, Height, palette, rows);
    }

    private static byte[] Disk(byte inside, byte outside)
    {
        var ids = new byte[Width * Height];
        for (var i = 0; i < ids.Length; i++)
        {
            var (x, y) = ((i % Width) - 32, (i / Width) - 24);
            ids[i] = (x * x) + (y * y) <= 144 ? inside : outside;
        }

        return ids;
    }
}
