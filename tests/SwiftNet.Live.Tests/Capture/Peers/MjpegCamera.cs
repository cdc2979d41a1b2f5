using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenCvSharp;
using SwiftNet.Live.Capture;

namespace SwiftNet.Live.Tests.Capture.Peers;

/// <summary>A camera that sends JPEG pictures over HTTP, as bytes that the test decides on: a server that does everything right would be of
/// no use here.</summary>
internal sealed class MjpegCamera : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, string, Stream, Task> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _requests;

    /// <summary>Listens.</summary>
    /// <param name="answer">Answers request n, from 1, which has this head.</param>
    public MjpegCamera(Func<int, string, Stream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public const string Head = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=picture\r\n\r\n";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"http://127.0.0.1:{Port}/video";

    public int Requests => _requests;

    /// <summary>A picture with a number in its pixels, as a part of the stream.</summary>
    public static byte[] Part(int number, int width = 160, int height = 96)
    {
        var jpeg = Jpeg(number, width, height);
        return
        [
            .. Encoding.ASCII.GetBytes($"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"),
            .. jpeg,
            .. "\r\n"u8,
        ];
    }

    public static byte[] Jpeg(int number, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        FrameNumberCode.Write(pixels, width, number);
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, pixels);
        return picture.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 95));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _accepting.Wait();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = new StringBuilder();
                var one = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    if (await stream.ReadAsync(one, _stop.Token) == 0)
                    {
                        return;
                    }

                    head.Append((char)one[0]);
                }

                await _answer(Interlocked.Increment(ref _requests), head.ToString(), stream);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side is gone, or the test.
            }
        }
    }
}
