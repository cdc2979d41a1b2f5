using System.Text;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.Capture.Peers;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>Cameras that send JPEG pictures over HTTP as they like, which browsers show all the same.</summary>
public sealed class MjpegDialectTests
{
    private const string Multipart = "multipart/x-mixed-replace; boundary=picture";

    // Name, type of the whole, what stands before the first picture, before each, after each. {0} is the picture's length.
    public static TheoryData<string, string, string, string, string> Dialects { get; } = new()
    {
        { "as the standard says", Multipart, "", "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "\r\n" },
        { "the first part comes before the first boundary", Multipart, "Content-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "", "\r\n--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n" },
        { "a part's type has a charset", Multipart, "", "--picture\r\nContent-Type: image/jpeg; charset=utf-8\r\nContent-Length: {0}\r\n\r\n", "\r\n" },
        { "a part's type has another case and no blank", Multipart, "", "--picture\r\ncontent-type:IMAGE/JPEG;charset=\"UTF-8\"\r\ncontent-length:{0}\r\n\r\n", "\r\n" },
        { "no lengths", Multipart, "", "--picture\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n" },
        { "no heads of parts at all", Multipart, "", "--picture\r\n\r\n", "\r\n" },
        { "wrong lengths", Multipart, "", "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: 17\r\n\r\n", "\r\n" },
        { "the boundary in quotes", "multipart/x-mixed-replace;boundary=\"picture\"", "", "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "\r\n" },
        { "the boundary with its dashes in the head", "multipart/x-mixed-replace; boundary=--picture", "", "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "\r\n" },
        { "the boundary without its dashes in the body", "multipart/x-mixed-replace; boundary=picture", "", "picture\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n" },
        { "another boundary than the head says", Multipart, "", "--myboundary\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "\r\n" },
        { "no boundary in the head", "multipart/x-mixed-replace", "", "--picture\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n" },
        { "no line end between a picture and the boundary", Multipart, "", "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "" },
        { "empty lines before the first boundary", Multipart, "\r\n\r\n", "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {0}\r\n\r\n", "\r\n\r\n" },
        { "line feeds alone", Multipart, "", "--picture\nContent-Type: image/jpeg\nContent-Length: {0}\n\n", "\n" },
        { "heads that no one knows", Multipart, "", "--picture\r\nX-Timestamp: 1.5\r\nContent-Type: image/jpeg\r\nServer: cam\r\nContent-Length: {0}\r\nX-Motion: 0\r\n\r\n", "\r\n" },
        { "multipart of another kind", "multipart/mixed; boundary=picture", "", "--picture\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n" },
        { "pictures one behind the other", "image/jpeg", "", "", "" },
        { "no type, boundaries", "", "\r\n", "--picture\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n" },
        { "a type that says nothing, pictures", "application/octet-stream", "", "", "" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Every_picture_of_every_dialect_comes_in_order(string name, string type, string first, string before, string after)
    {
        var connections = 0;
        using var server = new MjpegCamera(async (_, _, stream) =>
        {
            Interlocked.Increment(ref connections);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\n{(type.Length > 0 ? $"Content-Type: {type}\r\n" : "")}Cache-Control: no-cache\r\nConnection: "
                        + "close\r\n\r\n"));
            for (var n = 0; ; n++)
            {
                var jpeg = MjpegCamera.Jpeg(n, 160, 96);
                await stream.WriteAsync((byte[])[.. Text(n == 0 ? first : "", jpeg), .. Text(before, jpeg), .. jpeg, .. Text(after, jpeg)]);
                await Task.Delay(20);
            }
        });
        using var camera = WatchedCamera.Patient(server.Address);

        camera.WaitUntil(() => camera.Frames.Count > 12);
        camera.Stop();

        Assert.True(connections == 1, $"{name}: {connections} connections");
        Assert.Equal(Enumerable.Range(0, camera.Frames.Count).Select(n => (long?)n), camera.Frames.Select(frame => frame.Code));
    }

    [Fact]
    public void Pictures_whose_end_is_not_marked_and_those_with_a_thumbnail_come_whole()
    {
        using var server = new MjpegCamera(async (request, _, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(MjpegCamera.Head));
            for (var n = 0; ; n++)
            {
                var jpeg = MjpegCamera.Jpeg(n, 160, 96);
                byte[] thumbnail = MjpegCamera.Jpeg(99, 64, 48);
                byte[] segment = [0xFF, 0xE1, (byte)((thumbnail.Length + 2) >> 8), (byte)(thumbnail.Length + 2), .. thumbnail];
                await stream.WriteAsync(
                    (byte[])[.. "--picture\r\nContent-Type: image/jpeg\r\n\r\n"u8, 0xFF, 0xD8, .. segment, .. jpeg.AsSpan(2, jpeg.Length - 4), .. "\r\n"u8]);
                await Task.Delay(20);
            }
        });
        using var camera = WatchedCamera.Patient(server.Address);

        camera.WaitUntil(() => camera.Frames.Count > 12);
        camera.Stop();

        Assert.Equal(Enumerable.Range(0, camera.Frames.Count).Select(n => (long?)n), camera.Frames.Select(frame => frame.Code));
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/jpeg; charset=binary")]
    [InlineData("multipart/x-mixed-replace; boundary=picture")]
    public void A_single_picture_is_named_as_such(string type)
    {
        using var server = Stills(type);
        using var camera = new WatchedCamera(server.Address);

        camera.WaitUntil(() => camera.Status.State == SourceState.BackingOff);

        Assert.Contains("a single picture, not a stream", camera.Status.Error, StringComparison.Ordinal);
        Assert.Contains("poll=1s", camera.Status.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?poll=100ms", "GET /video HTTP")]
    [InlineData("?channel=2&poll=0.1s&size=big", "GET /video?channel=2&size=big HTTP")]
    [InlineData("?poll=0.1", "GET /video HTTP")]
    public void A_single_picture_is_fetched_again_and_again_where_that_is_asked_for(string query, string asked)
    {
        var heads = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var server = Stills("image/jpeg", heads);
        using var camera = WatchedCamera.Patient(
            server.Address.Replace("http://", "http://admin:secret@", StringComparison.Ordinal) + query);

        camera.WaitUntil(() => camera.Frames.Count > 5);
        camera.Stop();

        Assert.Equal(Enumerable.Range(0, camera.Frames.Count).Select(n => (long?)n), camera.Frames.Select(frame => frame.Code));
        Assert.Equal(10, camera.Source.FrameRate, 0.001);
        Assert.Equal(0, camera.Status.Reconnects);
        Assert.All(heads, head => Assert.StartsWith(asked, head, StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_between_pictures_that_is_none_is_told_with_the_settings()
    {
        Assert.Contains(
            "has poll=often; it must be a time",
            new SourceUri("http://camera/snap.jpg?poll=often").Problem,
            StringComparison.Ordinal);
        Assert.Contains("has poll=0s", new SourceUri("http://camera/snap.jpg?poll=0s").Problem, StringComparison.Ordinal);
        Assert.Null(new SourceUri("http://camera/snap.jpg?poll=1s").Problem);
        Assert.Null(new SourceUri("rtsp://camera/stream?poll=often").Problem);
    }

    [Theory]
    [InlineData("film.ts", "mpegts", false)]
    [InlineData("film.mp4", "mp4", false)]
    [InlineData("film.mp4", "mp4", true)]
    [InlineData("film.mkv", "matroska", true)]
    public void What_is_no_JPEG_is_ffmpeg_s_and_a_cover_picture_is_not_the_film(string name, string format, bool hasCover)
    {
        using var folder = new TemporaryFolder();
        Videos.FromPattern(folder["flat.mp4"], "test:moving?size=160x96&frames=20");
        string[] cover = hasCover ? ["-map", "1", "-disposition:v:0", "attached_pic"] : [];
        Ffmpeg.Encode(folder["cover.png"], 320, 320, "bgr24", new byte[320 * 320 * 3]);
        Ffmpeg.Convert(
            folder["flat.mp4"],
            folder[name],
            [
                "-i", folder["cover.png"], .. cover, "-map", "0", "-c", "copy",
                .. format == "mp4" ? (string[])["-movflags", "+faststart"] : [], "-f", format,
            ]);
        var film = File.ReadAllBytes(folder[name]);
        using var server = new MjpegCamera(async (_, _, stream) =>
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: video/{format}\r\nContent-Length: {film.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(film);
        });
        using var camera = WatchedCamera.Patient(server.Address);

        camera.WaitUntil(() => camera.Frames.Count >= 20);
        camera.Stop();

        Assert.Equal(
            Enumerable.Range(0, 20).Select(n => (160, 96, (long?)n)),
            camera.Frames.Take(20).Select(frame => (frame.Width, frame.Height, frame.Code)));
    }

    private static MjpegCamera Stills(string type, System.Collections.Concurrent.ConcurrentQueue<string>? heads = null)
    {
        var n = -1;
        return new MjpegCamera(async (_, head, stream) =>
        {
            heads?.Enqueue(head);
            var jpeg = MjpegCamera.Jpeg(Interlocked.Increment(ref n), 160, 96);
            byte[] body = type.StartsWith("multipart", StringComparison.Ordinal)
                ? [.. "--picture\r\nContent-Type: image/jpeg\r\n\r\n"u8, .. jpeg, .. "\r\n--picture--\r\n"u8]
                : jpeg;
            await stream.WriteAsync(
                (byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body]);
        });
    }

    private static byte[] Text(string pattern, byte[] jpeg) => Encoding.ASCII.GetBytes(
        pattern.Replace("{0}", $"{jpeg.Length}", StringComparison.Ordinal));
}
