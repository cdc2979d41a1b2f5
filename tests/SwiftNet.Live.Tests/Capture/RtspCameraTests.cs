using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.Capture.Peers;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>Against a real RTSP server, with all that happens to one.</summary>
public sealed class RtspCameraTests
{
    [Fact]
    public void A_camera_that_is_absent_at_start_appears_dies_and_comes_back_with_pictures_of_another_size()
    {
        var port = FreePort();
        using var camera = WatchedCamera.Patient($"rtsp://127.0.0.1:{port}/camera");
        camera.WaitUntil(() => camera.Status is { Fault: SourceFault.Unreachable, FailedTries: > 2 });
        Assert.Equal(25, camera.Source.FrameRate);

        using (new RtspServer("--port", $"{port}", "--size", "160x96", "--fps", "10"))
        {
            camera.WaitUntil(() => camera.CountOf(160, 96) > 3);
            Assert.Equal((SourceState.Streaming, 0, 0), (camera.Status.State, camera.Status.Reconnects, camera.Status.FailedTries));
            Assert.Equal(10, camera.Source.FrameRate);
        }

        camera.WaitUntil(() => camera.Status is { State: SourceState.BackingOff, FailedTries: > 2 });
        using (new RtspServer("--port", $"{port}", "--size", "320x240"))
        {
            camera.WaitUntil(() => camera.CountOf(320, 240) > 3);
        }

        Assert.True(camera.Status.Reconnects >= 1, $"{camera.Status}");
        camera.Stop();
        Assert.Equal(Enumerable.Range(0, camera.Frames.Count).Select(n => (long)n), camera.Frames.Select(f => f.Number));
        // Each change once, however many tries there were between two: absent, there, lost (and perhaps then absent), back.
        Assert.Single(camera.Log.Of(LogLevel.Information), line => line.StartsWith("Connecting to", StringComparison.Ordinal));
        Assert.InRange(camera.Log.Of(LogLevel.Warning).Count(), 2, 8);
    }

    [Fact]
    public void A_camera_that_freezes_without_closing_is_stalled_and_connected_to_anew_when_it_goes_on()
    {
        using var server = new RtspServer();
        using var camera = new WatchedCamera(new CaptureOptions { Source = server.Address, OpenSeconds = 30 });
        int? child = null;
        camera.WaitUntil(() => camera.Frames.Count > 8 && (child = camera.Source.ChildId) is not null);

        server.Freeze();
        camera.WaitUntil(() => camera.Status.Fault == SourceFault.Stalled);
        Assert.Contains("no picture", camera.Status.Error, StringComparison.Ordinal);

        server.GoOn();
        var seen = camera.Frames.Count;
        camera.WaitUntil(() => camera.Status.State == SourceState.Streaming && camera.Frames.Count > seen + 3);
        Assert.True(camera.Status.Reconnects >= 1, $"{camera.Status}");
        Assert.False(Directory.Exists($"/proc/{child}"), "the child of the connection that stalled is still there");
    }

    [Fact]
    public void Pictures_that_change_their_size_in_mid_stream_come_in_the_new_size_over_the_same_connection()
    {
        using var server = new RtspServer("--size", "160x96");
        using var camera = WatchedCamera.Patient(server.Address);
        camera.WaitUntil(() => camera.CountOf(160, 96) > 3);

        server.Resize("320x240");
        camera.WaitUntil(() => camera.CountOf(320, 240) > 3);
        server.Resize("96x160");
        camera.WaitUntil(() => camera.CountOf(96, 160) > 3);

        Assert.Equal(0, camera.Status.Reconnects);
        Assert.Equal([(160, 96), (320, 240), (96, 160)], camera.Frames.Select(f => (f.Width, f.Height)).Distinct());
    }

    [Fact]
    public void The_shape_of_a_camera_s_pixels_comes_with_its_pictures()
    {
        using var server = new RtspServer("--aspect", "20/11");
        using var source = FrameSources.Open(
            new CaptureOptions { Source = server.Address, OpenSeconds = 120 }, TimeProvider.System, new LogLines());
        using var first = source.Read(TestContext.Current.CancellationToken)!;
        using var second = source.Read(TestContext.Current.CancellationToken)!;

        Assert.Equal((160, 96, PixelAspect.Of(20, 11)), (first.Width, first.Height, first.PixelAspect));
        Assert.Equal(TimeSpan.Zero, first.MediaTime);
        Assert.True(second.MediaTime > TimeSpan.Zero);
    }

    [Fact]
    public void A_path_that_the_camera_does_not_have_is_not_found()
    {
        using var server = new RtspServer();
        using var camera = new WatchedCamera(server.Address + "/nowhere");

        camera.WaitUntil(() => camera.Status is { State: SourceState.BackingOff, Fault: SourceFault.NotFound, FailedTries: > 1 });

        Assert.Contains("404", camera.Status.Error, StringComparison.Ordinal);
        Assert.Single(camera.Log.Of(LogLevel.Warning));
    }

    [Fact]
    public void A_decoder_that_is_killed_is_replaced()
    {
        using var server = new RtspServer();
        using var camera = WatchedCamera.Patient(server.Address);
        camera.WaitUntil(() => camera.Frames.Count > 3);
        var child = camera.Source.ChildId!.Value;

        Signals.Send(child, Signals.Kill);
        camera.WaitUntil(() => camera.Status is { State: SourceState.Streaming, Reconnects: > 0 });

        Assert.Equal(SourceFault.Ended, camera.Status.Fault);
        Assert.Contains("killed (exit code 137)", camera.Status.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{child}"), "the killed child is still there");
    }

    [Fact]
    public void By_UDP_the_same_pictures_come()
    {
        using var server = new RtspServer();
        using var camera = new WatchedCamera(new CaptureOptions { Source = server.Address, Transport = MediaTransport.Udp });

        camera.WaitUntil(() => camera.CountOf(160, 96) > 3);
    }

    [Theory]
    [InlineData("udp", nameof(MediaTransport.Tcp), "Capture:Transport=udp")]
    [InlineData("tcp", nameof(MediaTransport.Udp), "Capture:Transport=tcp")]
    public void A_camera_with_the_other_transport_alone_is_told_with_the_setting_that_helps(string offered, string asked, string setting)
    {
        using var server = new RtspServer("--transport", offered);
        using var camera = new WatchedCamera(
            new CaptureOptions { Source = server.Address, Transport = Enum.Parse<MediaTransport>(asked), OpenSeconds = 120 });

        camera.WaitUntil(() => camera.Status.State == SourceState.BackingOff);

        Assert.Contains(setting, camera.Status.Error, StringComparison.Ordinal);
        Assert.Contains(setting, Assert.Single(camera.Log.Of(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public void With_auto_the_transport_that_the_camera_has_is_found_without_a_wait(string offered)
    {
        using var server = new RtspServer("--transport", offered);
        using var camera = new WatchedCamera(
            new CaptureOptions { Source = server.Address, Transport = MediaTransport.Auto, OpenSeconds = 120, StallSeconds = 120 },
            waits: new Backoff(TimeSpan.FromHours(1), TimeSpan.FromHours(1)));

        camera.WaitUntil(() => camera.CountOf(160, 96) > 3);

        Assert.Equal(0, camera.Status.FailedTries);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
