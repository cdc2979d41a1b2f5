using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A real MQTT broker, mosquitto, on a port of this machine; a test without one is skipped.</summary>
internal sealed class Broker : IDisposable
{
    private const int FirstPort = 20_000;
    private const int Ports = 12_000;
    private static int s_next = Random.Shared.Next(Ports);
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private Process? _process;

    /// <summary>Picks a port; <see cref="Start"/> listens. Relative names in the settings are below <see cref="Folder"/>.</summary>
    public Broker(params string[] settings)
    {
        if (Find("mosquitto") is null)
        {
            Assert.Skip("needs mosquitto: sudo apt-get install -y mosquitto");
        }

        _settings = settings;
        Port = FreePort();
    }

    public int Port { get; }

    public string Folder => _folder.Root;

    /// <summary>A broker that anybody may use.</summary>
    public static Broker Open() => new("allow_anonymous true");

    /// <summary>A program of Debian's, wherever it lies.</summary>
    public static string? Find(string program) =>
        new[] { "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin" }
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public void Start()
    {
        File.WriteAllLines(
            _folder["mosquitto.conf"],
            [$"listener {Port} 127.0.0.1", "persistence false", "log_dest none", $"user {Environment.UserName}", .. _settings]);
        _process = Process.Start(new ProcessStartInfo(Find("mosquitto")!, ["-c", _folder["mosquitto.conf"]]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Folder })!;
        Assert.True(SpinWait.SpinUntil(() => _process.HasExited || Answers(), TimeSpan.FromMinutes(2)), "mosquitto does not answer");
        Assert.False(_process.HasExited, _process.HasExited ? _process.StandardError.ReadToEnd() : "");
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        _folder.Dispose();
    }

    /// <summary>A free port, another one each time; below those that the system gives to outgoing connections, so that it stays
    /// free.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, FirstPort + (Interlocked.Increment(ref s_next) % Ports)));
                return ((IPEndPoint)probe.LocalEndPoint!).Port;
            }
            catch (SocketException)
            {
            }
        }
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            Thread.Sleep(20);
            return false;
        }
    }
}
