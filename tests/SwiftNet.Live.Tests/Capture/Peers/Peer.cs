using System.Diagnostics;
using System.Globalization;

namespace SwiftNet.Live.Tests.Capture.Peers;

/// <summary>One of the servers of this folder in a process of its own: a Python script that prints its port and ends with its standard
/// input.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    public Peer(string script, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed (scripts/test installs it)");
        _process = Start(Path.Combine(AppContext.BaseDirectory, "Capture", "Peers", script), arguments);
        Port = int.Parse(
            _process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException($"The server did not start: {_process.StandardError.ReadToEnd()}"),
            CultureInfo.InvariantCulture);
        // What it grumbles about must not fill the pipe.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>The system's: others do not see the system's packages.</summary>
    public static string Python => "/usr/bin/python3";

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Gives it a line.</summary>
    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Kills it; its port is free then.</summary>
    public void Stop()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
    }

    /// <summary>Whether a piece of Python runs through.</summary>
    public static bool Runs(string code)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var process = Start("-c", code);
        process.StandardInput.Close();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Process Start(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Python, [script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
