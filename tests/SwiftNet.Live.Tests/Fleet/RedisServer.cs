using System.Diagnostics;
using System.Net.Sockets;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>A real Redis on a port of this machine, with a password; a test without one is skipped. What it holds outlives its being
/// stopped.</summary>
internal sealed class RedisServer : IDisposable
{
    public const string Password = "fleet-password";
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _more;
    private Process? _process;

    public RedisServer(params string[] more)
    {
        if (Broker.Find("redis-server") is null)
        {
            Assert.Skip("needs redis-server: sudo apt-get install -y redis-server");
        }

        _more = more;
        Start();
    }

    public int Port { get; } = Broker.FreePort();

    public string Connection => $"127.0.0.1:{Port},password={Password}";

    public void Start()
    {
        _process = Process.Start(new ProcessStartInfo(
            Broker.Find("redis-server")!,
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--requirepass", Password, "--save", "", "--appendonly", "yes", "--dir", _folder.Root, .. _more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Assert.True(SpinWait.SpinUntil(Answers, TimeSpan.FromMinutes(2)), "redis-server does not answer");
    }

    public void Stop()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>It takes what it is asked, and answers nothing any more.</summary>
    public void Freeze() => LiveProcess.SignalTo(_process!, 19);

    public void Dispose()
    {
        if (_process is not null)
        {
            Stop();
        }

        _folder.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port) { ReceiveTimeout = 5000 };
            client.GetStream().Write("AUTH fleet-password\r\nPING\r\n"u8);
            var answer = new byte[64];
            var read = client.GetStream().ReadAtLeast(answer, 12, throwOnEndOfStream: false);
            return System.Text.Encoding.ASCII.GetString(answer, 0, read).Contains("PONG", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Thread.Sleep(50);
            return false;
        }
    }
}
