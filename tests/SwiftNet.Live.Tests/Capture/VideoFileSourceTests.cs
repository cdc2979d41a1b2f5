using SwiftNet.Live.Capture;
using SwiftNet.Live.Tests.Output;

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
    public void A_missing_file_is_one_clear_error() => AssertError("missing", "gone.mp4");

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
        Videos.FromPattern(_folder[name], "test:moving?size=160x96&frames=60", name.EndsWith("mp4", StringComparison.Ordinal) ? ["-movflags", "+faststart", "-g", "10"] : ["-g", "10"]);
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
        Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
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
