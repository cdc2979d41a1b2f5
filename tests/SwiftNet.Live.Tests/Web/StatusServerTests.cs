using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Status;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

public sealed class StatusServerTests : IAsyncLifetime
{
    private readonly StatusBoard _board = new();
    private readonly MjpegPreview _preview = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private StatusServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = Server("http://127.0.0.1:0");
        await _server.StartAsync(Cancellation);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        await _preview.DisposeAsync();
    }

    [Fact]
    public async Task The_status_is_the_one_last_published()
    {
        _board.Publish(new PipelineStatus
        {
            State = "running",
            Frame = 41,
            FramesPerSecond = 24.5,
            AgeMs = new AgeStatus(31, 30, 44, 61.5),
            Ledger = [new CountStatus("captured", 42)],
            Objects = [new ObjectStatus(1, 0.5f, 900)],
            Memory = new MemoryStatus(510, 2550, 3, 25, "variation"),
            Sinks = [new SinkStatus("masks", 40, 1, 2, true, "disk full")],
        });
        using var status = JsonDocument.Parse(await _client.GetStringAsync("/status", Cancellation));
        var root = Assert.Single(status.RootElement.GetProperty("cameras").EnumerateArray());
        Assert.Equal("gate", root.GetProperty("name").GetString());
        Assert.Equal("running", root.GetProperty("state").GetString());
        Assert.Equal(41, root.GetProperty("frame").GetInt64());
        Assert.Equal(61.5, root.GetProperty("age_ms").GetProperty("p99").GetDouble());
        Assert.Equal(42, root.GetProperty("ledger")[0].GetProperty("count").GetInt64());
        Assert.Equal("#d93030", root.GetProperty("objects")[0].GetProperty("colour").GetString());
        Assert.Equal("variation", root.GetProperty("memory").GetProperty("last_reason").GetString());
        Assert.Equal("disk full", root.GetProperty("sinks")[0].GetProperty("last_error").GetString());
    }

    [Fact]
    public async Task Nothing_else_is_answered()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/metrics", Cancellation)).StatusCode);
        using var post = await _client.PostAsync("/status", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/status") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.SendAsync(rebound, Cancellation)).StatusCode);
        using var local = new HttpRequestMessage(HttpMethod.Get, "/status") { Headers = { Host = "localhost:8080" } };
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(local, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_viewer_gets_pictures_and_the_end()
    {
        await using var body = await WatchAsync();
        var reader = new StreamReader(body, Encoding.Latin1);
        foreach (byte shade in new byte[] { 50, 150, 240 })
        {
            // The viewer may still get pictures of the shade before; the new one must come.
            using var frame = Frames.Plain(64, 48, (shade, shade, shade));
            var picture = ReadPictureAsync(reader);
            while (!picture.IsCompleted || Math.Abs(await picture - shade) > 4)
            {
                picture = picture.IsCompleted ? ReadPictureAsync(reader) : picture;
                await _preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
                await Task.Delay(1, Cancellation);
            }
        }

        await _preview.CompleteAsync(Cancellation);
        Assert.EndsWith("--frame--\r\n", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_who_does_not_read_holds_up_neither_the_output_nor_other_viewers()
    {
        await using var idle = await WatchAsync();
        await using var watching = await WatchAsync();
        var noise = new byte[3 * 640 * 480];
        new Random(1).NextBytes(noise);
        using var frame = Frames.Plain(640, 480, (0, 0, 0));
        noise.CopyTo(frame.Pixels.Array, 0);

        // Pictures of a quarter of a megabyte: the idle viewer's connection is full after a few.
        var buffer = new byte[1 << 16];
        var seen = 0L;
        while (seen < 40_000_000)
        {
            await _preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
            var read = watching.ReadAsync(buffer, Cancellation).AsTask();
            while (!read.IsCompleted)
            {
                await _preview.WriteAsync(frame, frame.Pixels.Array, Cancellation);
                await Task.Delay(1, Cancellation);
            }

            seen += await read;
        }
    }

    [Theory]
    [InlineData("/stream.mjpg", HttpStatusCode.OK)]
    [InlineData("/stream.mjpg?camera=gate", HttpStatusCode.OK)]
    [InlineData("/stream.mjpg?camera=", HttpStatusCode.OK)]
    [InlineData("/stream.mjpg?camera=yard", HttpStatusCode.NotFound)]
    public async Task A_camera_is_watched_by_its_name(string address, HttpStatusCode expected)
    {
        using var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Stopping_sends_viewers_away()
    {
        await using var body = await WatchAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _server.StopAsync(soon.Token);
        Assert.False(soon.IsCancellationRequested, "the viewer kept the server from stopping");
    }

    [Fact]
    public async Task More_viewers_than_eight_are_sent_away_until_one_leaves()
    {
        var viewers = new List<Stream>();
        for (var i = 0; i < 8; i++)
        {
            viewers.Add(await WatchAsync());
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _client.GetAsync("/stream.mjpg", Cancellation)).StatusCode);
        await viewers[0].DisposeAsync();
        while (true)
        {
            using var answer = await _client.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Cancellation);
            if (answer.IsSuccessStatusCode)
            {
                break;
            }

            await Task.Delay(20, Cancellation);
        }

        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_error()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var second = Server($"http://127.0.0.1:{port}");
        var error = await Assert.ThrowsAsync<UserErrorException>(() => second.StartAsync(Cancellation));
        Assert.StartsWith($"Web:Address http://127.0.0.1:{port} is in use", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("https://127.0.0.1:0")]
    public async Task An_address_that_cannot_be_listened_on_is_one_clear_error(string address)
    {
        await using var second = Server(address);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => second.StartAsync(Cancellation));
        Assert.StartsWith($"Web:Address {address} cannot be used", error.Message, StringComparison.Ordinal);
    }

    private StatusServer Server(string address) =>
        new(new WebOptions { Address = address }, [new CameraView("gate", _board, _preview)], NullLoggerFactory.Instance);

    private async Task<Stream> WatchAsync()
    {
        var answer = await _client.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("multipart/x-mixed-replace; boundary=frame", answer.Content.Headers.ContentType!.ToString());
        return await answer.Content.ReadAsStreamAsync(Cancellation);
    }

    /// <summary>Reads one part and returns the green of its middle.</summary>
    private static async Task<int> ReadPictureAsync(StreamReader reader)
    {
        Assert.Equal("--frame", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("Content-Type: image/jpeg", await reader.ReadLineAsync(Cancellation));
        var length = int.Parse((await reader.ReadLineAsync(Cancellation))!["Content-Length: ".Length..]);
        Assert.Equal("X-Frame-Id: 0", await reader.ReadLineAsync(Cancellation));
        Assert.Matches("^X-Frame-Time: [0-9]{4}-[0-9]{2}-[0-9]{2}T", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        var jpeg = new char[length];
        Assert.Equal(length, await reader.ReadBlockAsync(jpeg, Cancellation));
        Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        using var picture = OpenCvSharp.Cv2.ImDecode(Encoding.Latin1.GetBytes(jpeg), OpenCvSharp.ImreadModes.Color);
        Assert.Equal((64, 48), (picture.Width, picture.Height));
        return picture.At<OpenCvSharp.Vec3b>(24, 32).Item1;
    }
}
