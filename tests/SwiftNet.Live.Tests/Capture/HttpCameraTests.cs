using System.Net;
using System.Net.Sockets;
using System.Text;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.Capture.Peers;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>Against an HTTP server that does as the test says.</summary>
public sealed class HttpCameraTests
{
    [Fact]
    public void Every_picture_of_an_MJPEG_camera_comes_in_order_with_its_password_and_its_size()
    {
        var asked = "";
        using var server = new MjpegCamera(async (_, head, stream) =>
        {
            asked = head;
            if (!head.Contains("Authorization: Basic", StringComparison.OrdinalIgnoreCase))
            {
                await stream.WriteAsync("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                return;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(MjpegCamera.Head));
            for (var n = 0; ; n++)
            {
                await stream.WriteAsync(n < 100 ? MjpegCamera.Part(n) : MjpegCamera.Part(n, 320, 240));
                await Task.Delay(20);
            }
        });
        using var camera = WatchedCamera.Patient(server.Address.Replace("http://", "http://admin:p%40ss@", StringComparison.Ordinal));
        camera.WaitUntil(() => camera.CountOf(320, 240) > 20);
        camera.Stop();

        Assert.Contains(Convert.ToBase64String("admin:p@ss"u8), asked, StringComparison.Ordinal);
        var codes = camera.Frames.Select(f => f.Code).ToArray();
        Assert.Equal(codes.Order(), codes);
        Assert.All(camera.Frames, f => Assert.Equal(f.Code < 100 ? (160, 96) : (320, 240), (f.Width, f.Height)));
    }

    [Fact]
    public void Garbage_between_pictures_and_pictures_cut_short_do_not_keep_the_good_ones_away()
    {
        var n = 0;
        using var server = new MjpegCamera(async (_, _, stream) =>
        {
            var random = new Random(1);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(MjpegCamera.Head));
            while (true)
            {
                var part = MjpegCamera.Part(Interlocked.Increment(ref n));
                switch (n % 20)
                {
                    case 15:
                        random.NextBytes(part.AsSpan(part.Length / 3));
                        break;
                    case 17:
                        part = part[..(part.Length / 2)];
                        break;
                    case 19:
                        random.NextBytes(part);
                        break;
                }

                await stream.WriteAsync(part);
                await Task.Delay(10);
            }
        });
        using var camera = new WatchedCamera(server.Address);

        camera.WaitUntil(() => camera.Frames.Any(f => f.Code > 100));
    }

    [Theory]
    [InlineData("401 Unauthorized", nameof(SourceState.Refused), nameof(SourceFault.Authentication))]
    [InlineData("403 Forbidden", nameof(SourceState.Refused), nameof(SourceFault.Authentication))]
    [InlineData("404 Not Found", nameof(SourceState.BackingOff), nameof(SourceFault.NotFound))]
    [InlineData("500 Internal Server Error", nameof(SourceState.BackingOff), nameof(SourceFault.Unreachable))]
    [InlineData("200 OK", nameof(SourceState.BackingOff), nameof(SourceFault.Codec))]
    public void What_the_server_answers_is_what_the_status_says(string answer, string state, string fault)
    {
        var words = string.Concat(Enumerable.Repeat("This is no video. ", 500));
        using var server = new MjpegCamera(async (_, _, stream) =>
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {answer}\r\nContent-Type: text/plain\r\nContent-Length: {words.Length}\r\nConnection: "
                        + $"close\r\n\r\n{words}")));
        using var camera = new WatchedCamera(server.Address + "?token=hidden");

        camera.WaitUntil(() => $"{camera.Status.State}" == state);

        Assert.Equal(fault, $"{camera.Status.Fault}");
        Assert.DoesNotContain("hidden", $"{camera.Status}{string.Join(' ', camera.Log.All)}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_without_encryption_is_no_https_camera()
    {
        using var listener = new TlsRefuser();
        using var camera = new WatchedCamera($"https://127.0.0.1:{listener.Port}/video");

        camera.WaitUntil(() => camera.Status is { State: SourceState.BackingOff, Fault: SourceFault.Tls });
    }

    [Fact]
    public void The_service_stops_at_once_while_a_camera_says_nothing_and_between_two_tries()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var connecting = new WatchedCamera(
            new CaptureOptions { Source = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/", OpenSeconds = 300 });
        connecting.WaitUntil(() => connecting.Source.ChildId is not null);
        connecting.Stop();

        using var waiting = new WatchedCamera(
            new CaptureOptions { Source = "v4l2:///dev/video99" }, waits: new Backoff(TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        waiting.WaitUntil(() => waiting.Status is { State: SourceState.BackingOff, Fault: SourceFault.NotFound });
        waiting.Stop();
        waiting.Source.Dispose();
        Assert.Equal(SourceState.Ended, waiting.Status.State);
    }

    /// <summary>Answers every connection with words instead of a handshake.</summary>
    private sealed class TlsRefuser : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public TlsRefuser()
        {
            _listener.Start();
            _ = AnswerAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    await AnswerAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
            }
        }

        private static async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    await client.GetStream().WriteAsync("no handshake here, only words\r\n"u8.ToArray());
                    await client.GetStream().ReadExactlyAsync(new byte[1]);
                }
                catch (IOException)
                {
                    // It only knocked.
                }
            }
        }
    }
}
