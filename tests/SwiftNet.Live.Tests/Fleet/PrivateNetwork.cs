using System.Diagnostics;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>A network of this machine's own kernel with a host for each name, whose cable can be pulled. Only the superuser makes one; else
/// a test is skipped.</summary>
internal sealed class PrivateNetwork : IDisposable
{
    // 198.18.0.0/15 is kept for measurements (RFC 2544): nobody is there.
    private readonly string _net = $"198.18.{Environment.ProcessId % 250}";
    private readonly string _name = $"sn{Environment.ProcessId}";
    private readonly string[] _hosts;

    public PrivateNetwork(params string[] hosts)
    {
        _hosts = hosts;
        if (!Runs($"link add {_name} type bridge", out _))
        {
            Assert.Skip("needs the right to make networks, and ip: sudo apt-get install -y iproute2");
        }

        try
        {
            Connect();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>This machine's own address in it.</summary>
    public string Here => $"{_net}.1";

    /// <summary>A host's address.</summary>
    public string AddressOf(string host) => $"{_net}.{10 + Array.IndexOf(_hosts, host)}";

    /// <summary>The program that becomes another one on a host.</summary>
    public string[] Into(string host) => ["ip", "netns", "exec", Space(host)];

    /// <summary>Nothing reaches a host, and it reaches nothing.</summary>
    public void Pull(string host) => Run($"link set {Space(host)} down");

    /// <summary>It is as before.</summary>
    public void PlugIn(string host) => Run($"link set {Space(host)} up");

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            // The cable by itself: with its host alone it would go some time later, and its name with it.
            Runs($"link del {Space(host)}", out _);
            Runs($"netns del {Space(host)}", out _);
        }

        Runs($"link del {_name}", out _);
    }

    private void Connect()
    {
        Run($"addr add {Here}/24 dev {_name}");
        Run($"link set {_name} up");
        foreach (var host in _hosts)
        {
            Run($"netns add {Space(host)}");
            Run($"link add {Space(host)} type veth peer name wire netns {Space(host)}");
            Run($"link set {Space(host)} master {_name} up");
            Run($"-n {Space(host)} addr add {AddressOf(host)}/24 dev wire");
            Run($"-n {Space(host)} link set wire up");
            Run($"-n {Space(host)} link set lo up");
        }
    }

    private string Space(string host) => $"{_name}{host}";

    private static void Run(string arguments) => Assert.True(Runs(arguments, out var said), $"ip {arguments}: {said}");

    private static bool Runs(string arguments, out string said)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments.Split(' ')) { RedirectStandardError = true })!;
            said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            said = e.Message;
            return false;
        }
    }
}
