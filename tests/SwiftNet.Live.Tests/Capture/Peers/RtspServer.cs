namespace SwiftNet.Live.Tests.Capture.Peers;

/// <summary>A real RTSP server, GStreamer's.</summary>
internal sealed class RtspServer : IDisposable
{
    private static readonly Lazy<bool> s_installed = new(() => Peer.Runs("""
        import gi
        gi.require_version("GstRtspServer", "1.0")
        from gi.repository import Gst, GstRtspServer
        Gst.init(None)
        assert all(Gst.ElementFactory.find(name) for name in ("videotestsrc", "videoscale", "x264enc", "rtph264pay"))
        """));

    private readonly Peer _peer;

    /// <summary>Starts it; <c>rtsp-server.py --help</c> lists the options.</summary>
    public RtspServer(params string[] options)
    {
        Assert.SkipUnless(
            s_installed.Value,
            "GStreamer's RTSP server is not installed (python3-gi, gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-base, -good and -ugly; "
                + "scripts/test installs them)");
        _peer = new Peer("rtsp-server.py", options);
    }

    public int Port => _peer.Port;

    public string Address => $"rtsp://127.0.0.1:{Port}/camera";

    /// <summary>Changes the picture's size in mid-stream.</summary>
    public void Resize(string size) => _peer.Tell($"size {size}");

    /// <summary>Stops it where it stands, its connections open.</summary>
    public void Freeze() => Signals.Send(_peer.ProcessId, Signals.Stop);

    public void GoOn() => Signals.Send(_peer.ProcessId, Signals.Continue);

    /// <summary>Kills it.</summary>
    public void Stop() => _peer.Stop();

    public void Dispose() => _peer.Dispose();
}
