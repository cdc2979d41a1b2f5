using System.Diagnostics;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

public sealed class VideoFileSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_picture_comes_once_in_order_with_the_file_s_rate_and_count()
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?size=162x96&frames=40", "-vf", "setpts=N/10/TB", "-r", "10");

        using var source = Open("a.mp4");

        Assert.Equal(40, source.FrameCount);
        Assert.Equal(10, source.FrameRate);
        Assert.False(source.IsLive);
        Assert.Equal(Enumerable.Range(0, 40).Select(n => ((long, long?, string))(n, n, $"{n:D5}")), ReadAll(source));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_missing_file_is_one_clear_error() => AssertError("does not exist", "gone.mp4");

    [Fact]
    public void A_file_that_is_no_video_is_one_clear_error()
    {
        File.WriteAllText(_folder["text.mp4"], "not a video");
        AssertError("cannot be read as a video", "text.mp4");
    }

    [Fact]
    public void An_mp4_without_its_index_is_one_clear_error()
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?frames=20");
        Cut("a.mp4", 0.7);
        AssertError("cannot be read as a video", "a.mp4");
    }

    [Theory]
    [InlineData("cut.mkv")]
    [InlineData("cut.mp4")]
    public void Of_a_truncated_file_what_can_be_decoded_comes_before_the_error(string name)
    {
        Videos.FromPattern(
            _folder[name], "test:moving?size=160x96&frames=60",
            name.EndsWith("mp4", StringComparison.Ordinal) ? ["-movflags", "+faststart", "-g", "10"] : ["-g", "10"]);
        Cut(name, 0.6);

        using var source = Open(name);
        var frames = 0;
        var error = Assert.Throws<IOException>(() =>
        {
            foreach (var number in Numbers(source))
            {
                frames = (int)number + 1;
            }
        });

        Assert.InRange(frames, 5, 59);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
        Assert.Contains($" {frames} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_picture_that_can_be_shown_somehow_is_a_warning()
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?size=160x96&frames=30");
        using (var file = File.Open(_folder["a.mp4"], FileMode.Open))
        {
            file.Position = file.Length / 3;
            file.Write([0x5A, 0xA5, 0x5A, 0xA5, 0x5A, 0xA5]);
        }

        using var source = Open("a.mp4");

        Assert.Equal(30, Numbers(source).Count());
        Assert.Contains("a.mp4 is damaged", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_an_edit_list_hides_are_not_shown_and_no_error()
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?size=160x96&frames=30", "-g", "30");
        Ffmpeg.Convert(_folder["a.mp4"], _folder["b.mp4"], "-c", "copy", "-bsf:v", "setts=pts=PTS-10/25/TB:dts=DTS-10/25/TB");

        using var source = Open("b.mp4");

        Assert.InRange(Numbers(source).Count(), 15, 25);
        Assert.Contains("edit list", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_turned_video_comes_as_it_is_shown()
    {
        Videos.FromPattern(_folder["flat.mp4"], "test:moving?size=160x96&frames=3");
        Ffmpeg.Convert(_folder["flat.mp4"], _folder["turned.mp4"], "-c", "copy", "-metadata:s:v", "rotate=90");

        using var source = Open("turned.mp4");
        using var frame = source.Read(CancellationToken.None)!;

        Assert.Equal((96, 160), (frame.Width, frame.Height));
    }

    [Fact]
    public void Each_picture_has_the_time_that_the_film_shows_it_at()
    {
        Videos.FromPattern(
            _folder["a.mp4"], "test:moving?size=160x96&frames=12", "-vf", "settb=1/1000,setpts='if(lt(N,6),N*40,240+(N-6)*400)'", "-vsync",
            "passthrough", "-enc_time_base", "1/1000");

        using var source = Open("a.mp4");

        Assert.Equal(
            Enumerable.Range(0, 12).Select(n => n < 6 ? n * 40.0 : 240 + ((n - 6) * 400)),
            Times(source).Select(time => Math.Round(time.TotalMilliseconds, 3)));
    }

    [Theory]
    [InlineData("a.mkv", "mkv", 40)]
    [InlineData("a.ts", "mpegts", 40)]
    [InlineData("a.h264", "h264", 40)]
    [InlineData("a.avi", "avi", 40)]
    public void The_times_of_every_container_begin_at_the_first_picture_and_increase(string name, string format, double interval)
    {
        Videos.FromPattern(_folder["flat.mp4"], "test:moving?size=160x96&frames=9");
        Ffmpeg.Convert(
            _folder["flat.mp4"], _folder[name], "-c:v", "libx264", "-bf", format is "avi" ? "0" : "2", "-output_ts_offset",
            format is "mpegts" ? "95443.5" : "0", "-f", format is "mkv" ? "matroska" : format);

        using var source = Open(name);

        Assert.Equal(Enumerable.Range(0, 9).Select(n => n * interval), Times(source).Select(time => Math.Round(time.TotalMilliseconds, 0)));
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData(95_443.5, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 50_000)]
    [InlineData(95_443.5, 95_443.5)]
    public void A_transport_stream_whose_clock_jumps_is_whole(double first, double second)
    {
        Videos.FromPattern(_folder["flat.mp4"], "test:moving?size=160x96&frames=20");
        Ffmpeg.Convert(_folder["flat.mp4"], _folder["a.ts"], "-c:v", "libx264", "-output_ts_offset", $"{first}", "-f", "mpegts");
        Ffmpeg.Convert(_folder["flat.mp4"], _folder["b.ts"], "-c:v", "libx264", "-output_ts_offset", $"{second}", "-f", "mpegts");
        File.WriteAllBytes(_folder["both.ts"], [.. File.ReadAllBytes(_folder["a.ts"]), .. File.ReadAllBytes(_folder["b.ts"])]);

        using var source = Open("both.ts");
        var times = Times(source).ToArray();

        Assert.Equal(40, times.Length);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 0.001, 10.1));
    }

    [Theory]
    [InlineData("ts", "mpegts", 0, 0.5)]
    [InlineData("ts", "mpegts", 0.3, 1)]
    [InlineData("ts", "mpegts", 0.2, 0.75)]
    [InlineData("m2ts", "mpegts", 0, 0.6)]
    [InlineData("h264", "h264", 0.2, 0.75)]
    public void A_piece_that_was_cut_from_a_stream_is_whole(string extension, string format, double from, double to)
    {
        Videos.FromPattern(_folder["flat.mp4"], "test:moving?size=160x96&frames=100");
        Ffmpeg.Convert(_folder["flat.mp4"], _folder["a." + extension], "-c:v", "libx264", "-g", "10", "-crf", "10", "-f", format);
        var bytes = File.ReadAllBytes(_folder["a." + extension]);
        File.WriteAllBytes(_folder["piece." + extension], bytes[(int)(bytes.Length * from)..(int)(bytes.Length * to)]);

        using var source = Open("piece." + extension);

        Assert.InRange(Numbers(source).Count(), (int)(100 * (to - from)) - 12, (int)(100 * (to - from)) + 12);
        Assert.InRange(_log.Warnings.Count, 0, 1);
    }

    [Theory]
    [InlineData("film.mp4", "png")]
    [InlineData("film.mp4", "mjpeg")]
    [InlineData("film.m4v", "png")]
    [InlineData("film.mkv", "png")]
    [InlineData("film.mkv", "mjpeg")]
    [InlineData("film.avi", "mjpeg")]
    [InlineData("film.nut", "png")]
    public void A_cover_picture_before_the_film_is_not_the_film(string name, string cover)
    {
        Videos.FromPattern(_folder["flat.mp4"], "test:moving?size=160x96&frames=30");
        Ffmpeg.Encode(
            _folder["cover." + cover], 320, 320, "bgr24", new byte[320 * 320 * 3], "-c:v", cover, "-f",
            cover == "png" ? "image2" : "mjpeg");
        Ffmpeg.Convert(
            _folder["cover." + cover], _folder[name], "-i", _folder["flat.mp4"], "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0",
            "attached_pic");

        using var source = Open(name);

        Assert.Equal(Enumerable.Range(0, 30).Select(n => ((long, long?, string))(n, n, $"{n:D5}")), ReadAll(source));
    }

    [Fact]
    public void A_song_with_a_cover_holds_no_video()
    {
        Ffmpeg.Encode(_folder["cover.png"], 64, 64, "bgr24", new byte[64 * 64 * 3]);
        Ffmpeg.Convert(
            _folder["cover.png"], _folder["song.mp3"], "-f", "lavfi", "-i", "sine=duration=1", "-map", "0", "-map", "1", "-disposition:v:0",
            "attached_pic");
        AssertError("a cover picture and no video", "song.mp3");
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    [InlineData("a.ts")]
    public void The_shape_of_pixels_comes_with_the_picture(string name)
    {
        Videos.FromPattern(_folder[name], "test:moving?size=160x96&frames=3", "-vf", "setsar=20/11");

        using var source = Open(name);
        using var frame = source.Read(CancellationToken.None)!;

        Assert.Equal(PixelAspect.Of(20, 11), frame.PixelAspect);
    }

    [Fact]
    public void The_shape_of_pixels_is_turned_with_the_video()
    {
        Videos.FromPattern(_folder["flat.mp4"], "test:moving?size=160x96&frames=3", "-vf", "setsar=20/11");
        Ffmpeg.Convert(_folder["flat.mp4"], _folder["turned.mp4"], "-c", "copy", "-metadata:s:v", "rotate=90");

        using var source = Open("turned.mp4");
        using var frame = source.Read(CancellationToken.None)!;

        Assert.Equal((96, 160, PixelAspect.Of(11, 20)), (frame.Width, frame.Height, frame.PixelAspect));
    }

    [Fact]
    public void A_pipe_is_told_at_once_with_what_to_do_instead()
    {
        using (var make = Process.Start("mkfifo", [_folder["film.ts"]]))
        {
            make.WaitForExit();
        }

        AssertError("is a pipe, which cannot be read twice", "film.ts");
        Assert.Contains(
            "is a device",
            Assert.Throws<UserErrorException>(() => new VideoFileSource("/dev/null", TimeProvider.System, _log)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_standard_input_is_a_video_where_it_is_a_file_and_told_where_it_is_a_pipe(bool isPipe)
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?size=160x96&frames=2");
        string[] arguments =
        [
            "segment", "/dev/stdin", "--polygon", "64,40;96,40;96,72;64,72", "--output", _folder["out"], "--Segment:Size=160x96",
        ];
        string script = isPipe ? "cat \"$0\" | dotnet \"$@\"" : "dotnet \"$@\" < \"$0\"";
        string[] command = ["-c", script, _folder["a.mp4"], Path.Combine(AppContext.BaseDirectory, "swiftnet-live.dll"), .. arguments];
        using var shell = Process.Start(
            new ProcessStartInfo("sh", command) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var reading = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await reading;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isPipe ? 1 : 0, shell.ExitCode);
        Assert.Contains(
            isPipe ? "is a pipe, which cannot be read twice" : "", Assert.Single(errors.Split('\n')[..1]), StringComparison.Ordinal);
        Assert.Contains(isPipe ? "" : "captured 2 = written 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_may_look_like_an_option_or_an_address()
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?size=160x96&frames=2");
        File.Move(_folder["a.mp4"], _folder["-http: %05d #.mp4"]);

        using var source = Open("-http: %05d #.mp4");

        Assert.Equal(2, ReadAll(source).Count);
    }

    private VideoFileSource Open(string name) => new(_folder[name], TimeProvider.System, _log);

    private void AssertError(string expected, string name)
    {
        var error = Assert.Throws<UserErrorException>(() => Open(name).Dispose());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private void Cut(string name, double share)
    {
        using var file = File.OpenWrite(_folder[name]);
        file.SetLength((long)(file.Length * share));
    }

    private static IEnumerable<TimeSpan> Times(VideoFileSource source)
    {
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                yield return frame.MediaTime;
            }
        }
    }

    private static IEnumerable<long> Numbers(VideoFileSource source)
    {
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                yield return frame.Number;
            }
        }
    }

    private static List<(long, long?, string)> ReadAll(VideoFileSource source)
    {
        var numbers = new List<(long, long?, string)>();
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                numbers.Add((frame.Number, FrameNumberCode.Read(frame.Pixels.Array, frame.Width, frame.Height), frame.Name));
            }
        }

        return numbers;
    }
}
