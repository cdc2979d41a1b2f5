using System.Diagnostics;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Rtsp;

/// <summary>A real media server, GStreamer's, that takes what is pushed to <c>/live</c> and writes it to a file; a test without one is
/// skipped.</summary>
internal sealed class MediaServer : IDisposable
{
    private const string Program = """
        import sys, gi
        gi.require_version('Gst', '1.0'); gi.require_version('GstRtspServer', '1.0'); gi.require_version('GstRtsp', '1.0')
        from gi.repository import Gst, GstRtsp, GstRtspServer, GLib
        Gst.init(None)
        port, path, auth = sys.argv[1:]
        if port == 'check':
            sys.exit(0 if all(Gst.ElementFactory.find(e) for e in ('rtph264depay', 'h264parse', 'mpegtsmux')) else 1)
        server = GstRtspServer.RTSPServer()
        server.set_address('127.0.0.1'); server.set_service(port)
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_transport_mode(GstRtspServer.RTSPTransportMode.RECORD)
        factory.set_launch('( rtph264depay name=depay0 ! h264parse ! mpegtsmux ! filesink sync=false buffer-mode=unbuffered location=%s )' % path)
        if auth != 'none':
            token = GstRtspServer.RTSPToken(); token.set_string('media.factory.role', 'pusher')
            gate = GstRtspServer.RTSPAuth()
            if auth == 'basic':
                gate.add_basic(GstRtspServer.RTSPAuth.make_basic('someone', 'hunter2:@/'), token)
            else:
                gate.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
                gate.add_digest('someone', 'hunter2:@/', token)
            server.set_auth(gate)
            rights = GstRtspServer.RTSPPermissions()
            rights.add_permission_for_role('pusher', 'media.factory.access', True)
            rights.add_permission_for_role('pusher', 'media.factory.construct', True)
            factory.set_permissions(rights)
        server.get_mount_points().add_factory('/live', factory)
        server.attach(None)
        print('listening', flush=True)
        GLib.MainLoop().run()
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _auth;
    private Process? _process;

    public MediaServer(string auth = "none")
    {
        _auth = auth;
        File.WriteAllText(_folder["server.py"], Program);
        using var check = Run("check");
        check.WaitForExit();
        if (check.ExitCode != 0)
        {
            _folder.Dispose();
            Assert.Skip(
                "needs an RTSP server: sudo apt-get install -y python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good "
                    + "gstreamer1.0-plugins-bad");
        }

        Port = Broker.FreePort();
    }

    public int Port { get; }

    /// <summary>What was pushed, as an MPEG transport stream.</summary>
    public string Recording => _folder["pushed.ts"];

    /// <summary>Bytes of it so far.</summary>
    public long Bytes => File.Exists(Recording) ? new FileInfo(Recording).Length : 0;

    public void Start()
    {
        _process = Run(Port.ToString());
        Assert.Equal("listening", _process.StandardOutput.ReadLine());
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
        File.Delete(Recording);
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        _folder.Dispose();
    }

    // Debian's own python has Debian's packages.
    private Process Run(string port) =>
        Process.Start(new ProcessStartInfo("/usr/bin/env", ["PATH=/usr/bin:/bin", "python3", _folder["server.py"], port, Recording, _auth])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
