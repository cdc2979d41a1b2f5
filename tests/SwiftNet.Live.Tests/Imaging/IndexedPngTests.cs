using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Imaging;

public sealed class IndexedPngTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 5)]
    [InlineData(854, 480)]
    public void What_is_written_is_read_again(int width, int height)
    {
        var mask = Noise(width, height, 256);
        IndexedPng.Write(_folder["m.png"], mask);
        var read = IndexedPng.Read(_folder["m.png"]);
        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(mask.Ids, read.Ids);
        Assert.Equal(["m.png"], _folder.Names);
    }

    [Fact]
    public void Ffmpeg_sees_the_colours_of_DAVIS()
    {
        IndexedPng.Write(_folder["m.png"], new IdMask(4, 2, [0, 1, 2, 3, 4, 5, 6, 255]));
        Assert.Contains("pix_fmt=pal8", Ffmpeg.Probe(_folder["m.png"], "pix_fmt"), StringComparison.Ordinal);
        Assert.Equal(
            [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0, 0, 0, 128, 128, 0, 128, 0, 128, 128, 224, 224, 192],
            Ffmpeg.Decode(_folder["m.png"], "rgb24"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("sub")]
    [InlineData("up")]
    [InlineData("avg")]
    [InlineData("paeth")]
    [InlineData("mixed")]
    public void Every_filter_is_read(string filter)
    {
        var mask = Noise(61, 33, 200);
        Ffmpeg.Encode(_folder["grey.png"], 61, 33, "gray", mask.Ids, "-pred", filter);
        Assert.Equal(mask.Ids, IndexedPng.Read(_folder["grey.png"]).Ids);
    }

    [Theory]
    [InlineData("rgb24")]
    [InlineData("rgba")]
    public void Colours_of_DAVIS_are_ids(string format)
    {
        var mask = Noise(19, 8, 12);
        IndexedPng.Write(_folder["m.png"], mask);
        Ffmpeg.Encode(_folder["colour.png"], 19, 8, "rgb24", Ffmpeg.Decode(_folder["m.png"], "rgb24"), "-pix_fmt", format);
        Assert.Equal(mask.Ids, IndexedPng.Read(_folder["colour.png"]).Ids);
    }

    [Fact]
    public void Black_and_one_other_colour_is_one_object()
    {
        Ffmpeg.Encode(_folder["white.png"], 3, 1, "rgb24", [0, 0, 0, 255, 255, 255, 0, 0, 0]);
        Assert.Equal([0, 1, 0], IndexedPng.Read(_folder["white.png"]).Ids);
        Ffmpeg.Encode(_folder["grey.png"], 3, 1, "gray", [255, 0, 255]);
        Assert.Equal([1, 0, 1], IndexedPng.Read(_folder["grey.png"]).Ids);
        Ffmpeg.Encode(_folder["bits.png"], 10, 1, "gray", [255, 0, 255, 0, 0, 0, 0, 0, 255, 255], "-pix_fmt", "monob");
        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0, 1, 1], IndexedPng.Read(_folder["bits.png"]).Ids);
    }

    [Fact]
    public void What_is_transparent_is_background()
    {
        Ffmpeg.Encode(_folder["cut-out.png"], 3, 1, "rgba", [9, 9, 9, 0, 200, 30, 0, 255, 70, 80, 90, 0]);
        Assert.Equal([0, 1, 0], IndexedPng.Read(_folder["cut-out.png"]).Ids);
    }

    [Fact]
    public void Sixteen_bits_and_grey_with_transparency_are_read()
    {
        Ffmpeg.Encode(_folder["ids.png"], 4, 1, "gray16le", [0, 0, 1, 0, 2, 0, 200, 0]);
        Assert.Equal([0, 1, 2, 200], IndexedPng.Read(_folder["ids.png"]).Ids);
        Ffmpeg.Encode(_folder["widened.png"], 4, 1, "gray", [0, 1, 2, 200], "-pix_fmt", "gray16be");
        Assert.Equal([0, 1, 2, 200], IndexedPng.Read(_folder["widened.png"]).Ids);
        Ffmpeg.Encode(_folder["white.png"], 3, 1, "gray16le", [0, 0, 255, 255, 0, 0]);
        Assert.Equal([0, 1, 0], IndexedPng.Read(_folder["white.png"]).Ids);
        Ffmpeg.Encode(_folder["alpha.png"], 4, 1, "ya8", [0, 255, 255, 255, 255, 0, 0, 255]);
        Assert.Equal([0, 1, 0, 0], IndexedPng.Read(_folder["alpha.png"]).Ids);
        Ffmpeg.Encode(_folder["deep-alpha.png"], 3, 1, "ya8", [3, 255, 2, 255, 9, 0], "-pix_fmt", "ya16be");
        Assert.Equal([3, 2, 0], IndexedPng.Read(_folder["deep-alpha.png"]).Ids);
        Ffmpeg.Encode(_folder["shape.png"], 3, 1, "ya8", [0, 0, 0, 255, 0, 0]);
        Assert.Equal([0, 1, 0], IndexedPng.Read(_folder["shape.png"]).Ids);
        Ffmpeg.Encode(_folder["black.png"], 3, 1, "rgba", [0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0]);
        Assert.Equal([0, 1, 0], IndexedPng.Read(_folder["black.png"]).Ids);
        Ffmpeg.Encode(_folder["rgb48.png"], 3, 1, "rgb24", [0, 0, 0, 128, 0, 0, 0, 128, 0], "-pix_fmt", "rgb48be");
        Assert.Equal([0, 1, 2], IndexedPng.Read(_folder["rgb48.png"]).Ids);
        Ffmpeg.Encode(_folder["paper.png"], 3, 1, "rgb24", [255, 255, 255, 200, 30, 0, 255, 255, 255]);
        Assert.Equal([0, 1, 0], IndexedPng.Read(_folder["paper.png"]).Ids);
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1010_0000, 0b0100_0000 }, new byte[] { 1, 0, 1, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(2, new byte[] { 0b11_10_01_00, 0b00_00_00_01, 0b10_01_0000 }, new byte[] { 3, 2, 1, 0, 0, 0, 0, 1, 2, 1 })]
    [InlineData(4, new byte[] { 0x12, 0x34, 0x56, 0x78, 0x9A }, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public void Small_palettes_are_unpacked(int bits, byte[] row, byte[] ids)
    {
        HandMadePng.Write(_folder["small.png"], 10, 1, bits, colourType: 3, interlaced: false, [0, .. row]);
        Assert.Equal(ids, IndexedPng.Read(_folder["small.png"]).Ids);
    }

    [Fact]
    public void Photographs_are_no_masks()
    {
        Ffmpeg.Encode(_folder["photo.png"], 2, 1, "rgb24", [12, 30, 77, 13, 31, 76]);
        Refused("photo.png", "colours that are not DAVIS's");
        Ffmpeg.Encode(_folder["deep.png"], 2, 1, "gray16le", [12, 30, 77, 13]);
        Refused("deep.png", "grey values of 16 bits that are no ids");
    }

    [Fact]
    public void Interlaced_is_refused()
    {
        HandMadePng.Write(_folder["interlaced.png"], 1, 1, 8, colourType: 3, interlaced: true, [0, 1]);
        Refused("interlaced.png", "is interlaced");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(100_000, 100_000)]
    [InlineData(16_000, 16_000)]
    [InlineData(int.MaxValue, 1)]
    public void A_header_that_claims_too_much_is_refused_before_memory_is_taken(int width, int height)
    {
        HandMadePng.Write(_folder["bomb.png"], width, height, 8, colourType: 3, interlaced: false, [0, 0]);
        Refused("bomb.png", $"claims {width}x{height} pixels");
    }

    [Fact]
    public void Every_way_of_being_cut_short_is_told()
    {
        IndexedPng.Write(_folder["m.png"], Noise(40, 30, 5));
        var whole = File.ReadAllBytes(_folder["m.png"]);
        for (var length = 0; length < whole.Length; length += length < 1000 ? 13 : 97)
        {
            File.WriteAllBytes(_folder["m.png"], whole[..length]);
            Refused("m.png", length < 8 ? "is not a PNG" : "is cut short");
        }

        HandMadePng.Write(_folder["rows.png"], 4, 4, 8, colourType: 3, interlaced: false, [0, 1, 1, 1, 1, 0, 1]);
        Refused("rows.png", "is cut short");
    }

    [Fact]
    public void Every_flipped_byte_is_noticed()
    {
        IndexedPng.Write(_folder["m.png"], Noise(20, 10, 3));
        var whole = File.ReadAllBytes(_folder["m.png"]);
        for (var at = 0; at < whole.Length; at += at < 60 ? 1 : 7)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x55;
            File.WriteAllBytes(_folder["m.png"], damaged);
            Refused("m.png", "m.png is ");
        }
    }

    [Fact]
    public void Damage_under_good_checksums_of_chunks_is_noticed()
    {
        HandMadePng.WriteCompressed(_folder["noise.png"], 4, 4, [1, 2, 3, 4, 5, 6, 7, 8]);
        Refused("noise.png", "is damaged");
        HandMadePng.Write(_folder["filter.png"], 1, 1, 8, colourType: 3, interlaced: false, [9, 1]);
        Refused("filter.png", "unknown filter");
    }

    [Fact]
    public void What_is_not_there_or_not_a_file_is_told()
    {
        Refused("nothing.png", "does not exist");
        Directory.CreateDirectory(_folder["folder.png"]);
        Refused("folder.png", "folder.png ");
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file()
    {
        IndexedPng.Write(_folder["m.png"], new IdMask(1, 1, [7]));
        Directory.CreateDirectory(_folder["m.png.part"]);
        Assert.ThrowsAny<UnauthorizedAccessException>(() => IndexedPng.Write(_folder["m.png"], new IdMask(1, 1, [8])));
        Assert.Equal([7], IndexedPng.Read(_folder["m.png"]).Ids);
    }

    [Fact]
    public void Annotations_of_the_benchmark_are_read_as_ffmpeg_reads_them()
    {
        var path = Repository.Shared("data", "davis16-train", "Annotations", "480p", "bus", "00000.png");
        var mask = IndexedPng.Read(path);
        var rgb = Ffmpeg.Decode(path, "rgb24");
        Assert.Equal((854, 480), (mask.Width, mask.Height));
        Assert.Equal(rgb.Where((_, at) => at % 3 == 0).Select(red => (byte)(red / 128)), mask.Ids);
        Assert.Equal<byte>([0, 1], mask.Ids.Distinct().Order());
    }

    private void Refused(string name, string why)
    {
        var error = Assert.Throws<UserErrorException>(() => IndexedPng.Read(_folder[name]));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder[name], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static IdMask Noise(int width, int height, int labels)
    {
        var random = new Random(1);
        return new IdMask(width, height, [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(labels))]);
    }
}
