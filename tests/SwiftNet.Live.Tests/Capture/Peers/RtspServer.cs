using System.Diagnostics;
using System.Globalization;

namespace SwiftNet.Live.Tests.Capture.Peers;

/// <summary>A real RTSP server, GStreamer's, in a process of its own.</summary>
internal sealed class RtspServer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<bool> s_installed = new(() => File.Exists(Python) && Run("""
        import gi
        gi.require_version("GstRtspServer", "1.0")
        from gi.repository import Gst, GstRtspServer
        Gst.init(None)
        assert all(Gst.ElementFactory.find(name) for name in ("videotestsrc", "videoscale", "x264enc", "rtph264pay"))
        """));

    private readonly Process _process;

    public RtspServer(params string[] options)
    {
        Assert.SkipUnless(s_installed.Value, "GStreamer's RTSP server is not installed (python3-gi, gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-base, -good and -ugly; scripts/test installs them)");
        _process = Start(Path.Combine(AppContext.BaseDirectory, "Capture", "Peers", "rtsp-server.py"), options);
        Port = int.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The server did not start: {_process.StandardError.ReadToEnd()}"), CultureInfo.InvariantCulture);
        // What GStreamer grumbles about must not fill the pipe.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string Address => $"rtsp://127.0.0.1:{Port}/camera";

    /// <summary>Changes the picture's size in mid-stream.</summary>
    public void Resize(string size)
    {
        _process.StandardInput.WriteLine($"size {size}");
        _process.StandardInput.Flush();
    }

    /// <summary>Stops it where it stands, its connections open.</summary>
    public void Freeze() => Signals.Send(_process.Id, Signals.Stop);

    public void GoOn() => Signals.Send(_process.Id, Signals.Continue);

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

    private static Process Start(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Python, [script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static bool Run(string script)
    {
        using var process = Start("-c", script);
        process.StandardInput.Close();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
