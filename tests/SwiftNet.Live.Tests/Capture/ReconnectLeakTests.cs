using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.Capture.Peers;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>What many losses leave behind in the process: nothing. Alone, since the process is what is measured.</summary>
[Collection(MeasuresTheProcess.Name)]
public sealed class ReconnectLeakTests(ITestOutputHelper output)
{
    // What others lose at each try; the records that a test keeps of each take some hundred.
    private const int BytesATry = 16 * 1024;

    // Where the runtime puts what it compiles meanwhile, and, of resident bytes, pages that an allocator keeps for the next time.
    private const long Slack = 2 << 20;
    private const long ResidentSlack = 32 << 20;

    [Fact]
    public void A_camera_that_stays_away_leaves_nothing_behind()
    {
        using var camera = Camera("rtsp://127.0.0.1:1/camera");

        AssertNoGrowth(camera, () => camera.Status.FailedTries, warmUp: 300, tries: 2000);
        Assert.Equal(SourceFault.Unreachable, camera.Status.Fault);
    }

    [Fact]
    public void Connections_that_break_leave_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["pictures"], [.. MjpegCamera.Part(1), .. MjpegCamera.Part(2), .. MjpegCamera.Part(3)]);
        // Not in this process, of which every byte counts.
        using var server = new Peer("short-stream.py", folder["pictures"]);
        using var camera = Camera($"http://127.0.0.1:{server.Port}/");

        AssertNoGrowth(camera, () => camera.Status.Reconnects, warmUp: 30, tries: 60);
        Assert.True(camera.Frames.Count > 90, $"{camera.Frames.Count} pictures");
    }

    private static WatchedCamera Camera(string source) =>
        new(new CaptureOptions { Source = source }, waits: new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)));

    private void AssertNoGrowth(WatchedCamera camera, Func<int> count, int warmUp, int tries)
    {
        var children = ProcessUsage.Children();
        camera.WaitUntil(() => count() >= warmUp);
        var (from, before) = (count(), ProcessUsage.Now());
        camera.WaitUntil(() => count() >= from + tries);
        var made = count() - from;
        camera.Stop();
        camera.Source.Dispose();
        // Threads and sockets that are being given up may take a moment more.
        ProcessUsage after = default;
        var settled = SpinWait.SpinUntil(
            () => (after = ProcessUsage.Now()) is var now && now.Descriptors <= before.Descriptors + 3 && now.Threads <= before.Threads + 3,
            TimeSpan.FromMinutes(1));

        var figures = $"{made} tries, before {before}, after {after}";
        output.WriteLine(figures);
        Assert.True(settled, figures);
        Assert.DoesNotContain(ProcessUsage.Children().Except(children), child => child.Contains("(ffmpeg)", StringComparison.Ordinal));
        Assert.True(after.Allocated - before.Allocated < Slack + ((long)made * BytesATry), figures);
        Assert.True(after.Resident - before.Resident < ResidentSlack + ((long)made * BytesATry), figures);
    }
}

/// <summary>Tests that measure the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresTheProcess
{
    public const string Name = "measures the process";
}
