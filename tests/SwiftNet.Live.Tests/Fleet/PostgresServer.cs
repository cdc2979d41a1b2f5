using System.Diagnostics;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>A real PostgreSQL on a port of this machine; a test without one is skipped.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Password = "fleet-password";
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    public PostgresServer()
    {
        var server = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin", "postgres"))
                .Where(File.Exists)
                .Max()
            : null;
        if (server is null || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("needs root and PostgreSQL: sudo apt-get install -y postgresql");
            throw new UnreachableException();
        }

        // It does not run as root.
        var data = _folder["data"];
        File.WriteAllText(_folder["password"], Password);
        Run("chown", "-R", "postgres", _folder.Root);
        Run(
            "runuser",
            "-u",
            "postgres",
            "--",
            Path.Combine(Path.GetDirectoryName(server)!, "initdb"),
            "-D",
            data,
            "-U",
            "fleet",
            "--pwfile",
            _folder["password"],
            "-A",
            "scram-sha-256",
            "--no-sync");
        _process = Start(
            "runuser", "-u", "postgres", "--", server, "-D", data, "-p", $"{Port}", "-h", "127.0.0.1", "-k", data, "-c", "fsync=off");
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                    File.Exists(Path.Combine(data, "postmaster.pid"))
                        && File.ReadAllText(Path.Combine(data, "postmaster.pid")).Contains("ready", StringComparison.Ordinal),
                TimeSpan.FromMinutes(2)),
            "PostgreSQL does not start");
    }

    public int Port { get; } = Broker.FreePort();

    public string Connection => $"Host=127.0.0.1;Port={Port};Username=fleet;Password={Password};Database=postgres";

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
