using System.Diagnostics;
using System.Net.Sockets;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>A real S3-compatible store, npm's s3rver, on a port of this machine; a test without one is skipped.</summary>
internal sealed class S3Server : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    public S3Server()
    {
        var program = Path.Combine(Repository.Folder, "obj", "s3rver", "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program) || Broker.Find("node") is not { } node)
        {
            Assert.Skip("needs Node.js and s3rver: npm install --prefix obj/s3rver s3rver");
            throw new UnreachableException();
        }

        _process = Process.Start(new ProcessStartInfo(node, [program, "--directory", _folder.Root, "--address", "127.0.0.1", "--port", $"{Port}", "--configure-bucket", "swiftnet-live", "--silent"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Assert.True(SpinWait.SpinUntil(Answers, TimeSpan.FromMinutes(2)), "s3rver does not answer");
    }

    public int Port { get; } = Broker.FreePort();

    public FleetS3Options Options => new() { Endpoint = $"http://127.0.0.1:{Port}", AccessKey = "S3RVER", SecretKey = "S3RVER" };

    /// <summary>Objects that it holds.</summary>
    public int Count => Directory.GetFiles(_folder.Root, "*_object", SearchOption.AllDirectories).Length;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
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
            Thread.Sleep(100);
            return false;
        }
    }
}
