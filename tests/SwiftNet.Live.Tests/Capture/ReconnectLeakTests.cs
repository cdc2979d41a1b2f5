using System.Diagnostics;
using System.Text;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.Capture.Peers;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>What hundreds of losses leave behind in the process: nothing. Alone, since the process is what is measured.</summary>
[Collection(MeasuresTheProcess.Name)]
public sealed class ReconnectLeakTests(ITestOutputHelper output)
{
    private const int BytesATry = 8 * 1024;

    [Fact]
    public void A_camera_that_stays_away_leaves_nothing_behind()
    {
        using var camera = Camera("rtsp://127.0.0.1:1/camera");

        AssertNoGrowth(camera, () => camera.Status.FailedTries, warmUp: 200, tries: 1000);
        Assert.Equal(SourceFault.Unreachable, camera.Status.Fault);
    }

    [Fact]
    public void Connections_that_break_leave_nothing_behind()
    {
        var parts = new[] { MjpegCamera.Part(1), MjpegCamera.Part(2), MjpegCamera.Part(3) };
        using var server = new MjpegCamera(async (_, _, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(MjpegCamera.Head));
            foreach (var part in parts)
            {
                await stream.WriteAsync(part);
            }
        });
        using var camera = Camera(server.Address);

        AssertNoGrowth(camera, () => camera.Status.Reconnects, warmUp: 30, tries: 500);
        Assert.True(camera.Frames.Count > 200, $"{camera.Frames.Count} pictures");
    }

    private static WatchedCamera Camera(string source) =>
        new(new CaptureOptions { Source = source }, waits: new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)));

    private void AssertNoGrowth(WatchedCamera camera, Func<int> count, int warmUp, int tries)
    {
        camera.WaitUntil(() => count() >= warmUp);
        var before = Usage.Now();
        var from = count();
        for (var k = 50; k < tries; k += 50)
        {
            camera.WaitUntil(() => count() >= from + k);
            output.WriteLine($"{k}: {Usage.Now()}");
        }
        camera.WaitUntil(() => count() >= from + tries);
        var made = count() - from;
        // Of the moment: a connection that is just being made has a child and its pipes.
        Usage after = default;
        camera.WaitUntil(() => (after = Usage.Now()) is var now && now.Descriptors <= before.Descriptors + 3 && now.Threads <= before.Threads + 3 && now.Children <= before.Children);
        output.WriteLine($"{made} tries, before: {before}, after: {after}, resident {(after.Resident - before.Resident) / made} bytes a try, managed {(after.Managed - before.Managed) / made}");
        Assert.True(after.Resident - before.Resident < (long)made * BytesATry, $"{made} tries, before: {before}, after: {after}");
        Assert.True(after.Managed - before.Managed < (long)made * BytesATry, $"{made} tries, before: {before}, after: {after}");
    }

    private readonly record struct Usage(int Descriptors, int Threads, int Children, long Resident, long Managed)
    {
        public static Usage Now()
        {
            var managed = GC.GetTotalMemory(forceFullCollection: true);
            using var self = Process.GetCurrentProcess();
            return new Usage(
                Directory.GetFileSystemEntries("/proc/self/fd").Length,
                self.Threads.Count,
                Directory.GetDirectories("/proc").Count(folder => IsChild(folder, self.Id)),
                self.WorkingSet64,
                managed);
        }

        // Dead ones that nobody has taken note of as well.
        private static bool IsChild(string folder, int parent)
        {
            try
            {
                return int.TryParse(Path.GetFileName(folder), out _) && File.ReadAllText(Path.Combine(folder, "stat")) is var stat
                    && int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]) == parent;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}

/// <summary>Tests that measure the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresTheProcess
{
    public const string Name = "measures the process";
}
