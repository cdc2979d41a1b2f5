using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.Output;

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
        Assert.Contains("holds no jpg or png", Assert.Throws<UserErrorException>(() => Open(string.Format(form, _folder.Root))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rtsp://user:secret@host/stream", "rtsp:… is of no known kind")]
    [InlineData("v4l2:///dev/video99", "/dev/video99 is missing")]
    public void What_cannot_be_opened_is_told_without_credentials(string text, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Open(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
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
                Assert.True(TimeProvider.System.GetElapsedTime(first.Value, frame.CapturedAt) >= TimeSpan.FromSeconds(frame.Number / 240.0), $"frame {frame.Number} came early");
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

    private static IFrameSource Open(string text) => FrameSources.Open(new CaptureOptions { Source = text }, TimeProvider.System, NullLogger.Instance);
}
