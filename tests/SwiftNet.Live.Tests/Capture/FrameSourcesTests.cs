using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

public sealed class FrameSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{0}")]
    [InlineData("file:{0}")]
    [InlineData("FILE://{0}")]
    public void A_video_is_opened_by_path_and_by_address(string form)
    {
        Videos.FromPattern(_folder["a.mp4"], "test:moving?size=160x96&frames=2");

        using var source = Open(string.Format(form, _folder["a.mp4"]));

        Assert.Equal(2, source.FrameCount);
        Assert.IsType<VideoFileSource>(source);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("images:{0}")]
    public void A_folder_is_a_folder_of_images(string form) =>
        Assert.Contains(
            "contains no jpg or png",
            Assert.Throws<UserErrorException>(() => Open(string.Format(form, _folder.Root))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("rtmp://user:secret@host/stream", "rtmp:… has an unknown kind")]
    [InlineData("rtsp://user:secret/@host/stream", "rtsp://host/stream is not a URI")]
    [InlineData("rtsp://user:12/secret@host/stream", "such as %40 for @ and %2F for /")]
    [InlineData("http://user:sec ret@host/stream?token=secret", "contains a space")]
    [InlineData("v4l2:///dev/video0?secret=3", "unknown key 'secret'; known are size, fps, format")]
    public void What_cannot_be_opened_is_told_without_credentials(string text, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Open(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "secret",
            error.Message.Replace("key 'secret'", "", StringComparison.Ordinal).Replace("video0?secret=3", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://127.0.0.1:1/camera")]
    [InlineData("RTSPS://127.0.0.1:1/camera")]
    [InlineData("http://127.0.0.1:1/video.mjpg")]
    [InlineData("https://127.0.0.1:1/live.m3u8")]
    [InlineData("v4l2:///dev/video99?size=640x480")]
    public void A_camera_need_not_be_there_when_it_is_opened(string text)
    {
        using var source = Open(text);

        Assert.IsType<ReconnectingSource>(source);
        Assert.True(source.IsLive);
        Assert.Equal((SourceState.Connecting, 25), (source.Status.State, source.FrameRate));
    }

    [Fact]
    public void A_file_streams_until_its_end()
    {
        using var source = Open("test:moving?size=160x96&frames=1&fps=240");
        Assert.Equal(SourceState.Streaming, source.Status.State);
        source.Read(TestContext.Current.CancellationToken)!.Dispose();
        Assert.Null(source.Read(TestContext.Current.CancellationToken));
        Assert.Equal(SourceState.Ended, source.Status.State);
    }

    [Fact]
    public void Played_live_no_frame_comes_before_its_time()
    {
        using var source = Open("test:moving?size=160x96&fps=240&frames=120");
        long? first = null;
        while (source.Read(TestContext.Current.CancellationToken) is { } frame)
        {
            using (frame)
            {
                first ??= frame.CapturedAt;
                Assert.True(
                    TimeProvider.System.GetElapsedTime(first.Value, frame.CapturedAt) >= TimeSpan.FromSeconds(frame.Number / 240.0),
                    $"frame {frame.Number} came early");
            }
        }

        Assert.True(source.IsLive);
    }

    [Fact]
    public void A_paced_source_stops_waiting_when_it_is_told_to()
    {
        using var source = Open("test:moving?size=160x96&fps=1");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        source.Read(stop.Token)!.Dispose();

        Assert.ThrowsAny<OperationCanceledException>(() => source.Read(stop.Token));
    }

    private static IFrameSource Open(string text) =>
        FrameSources.Open(new CaptureOptions { Source = text }, TimeProvider.System, NullLogger.Instance);
}
