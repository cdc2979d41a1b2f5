using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class CamerasTests
{
    [Fact]
    public async Task Each_camera_has_its_own_objects_and_ledger_and_the_service_ends_with_the_last_one()
    {
        var sinks = new ConcurrentDictionary<string, MaskRecorder>();
        await using var pipeline = Build(
            sinks,
            Camera("gate", "test:still?size=160x96&frames=4", "64,40;96,40;96,72;64,72"),
            Camera("yard", "test:still?size=128x96&frames=9", "50,40;80,40;80,72;50,72"));

        await pipeline.RunAsync();

        Assert.Equal(
            ["captured 4 = written 4 + dropped 0 + failed 0", "captured 9 = written 9 + dropped 0 + failed 0"],
            pipeline.Cameras.Select(c => c.Run.Ledger.Snapshot().ToString()));
        Assert.Equal((4, 9), (sinks["gate"].Reasons.Count, sinks["yard"].Reasons.Count));
        Assert.All(sinks.Values, sink => Assert.Equal(WriteReason.First, sink.Reasons[0]));
    }

    [Fact]
    public async Task A_stage_that_breaks_for_one_camera_ends_the_service_and_the_others_finish_what_they_have()
    {
        var sound = new NumberSink();
        await using var pipeline = Build(
            camera =>
                camera == "gate" ? new NumberSink(failure: n => n == 3 ? new InvalidOperationException("broken for good") : null) : sound,
            Camera("gate", "test:still?size=160x96"),
            Camera("yard", "test:still?size=160x96"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(pipeline.RunAsync);

        Assert.Equal("broken for good", error.Message);
        Assert.True(sound.Completed);
        Assert.All(pipeline.Cameras, camera => Assert.Equal(0, camera.Run.Ledger.Snapshot().Balance));
    }

    [Fact]
    public async Task A_slow_sink_of_one_camera_keeps_no_frame_from_the_others()
    {
        using var gate = new ManualResetEventSlim();
        var slow = new NumberSink(failure: _ =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return null;
        });
        var fast = new NumberSink();
        await using var pipeline = Build(
            camera => camera == "gate" ? slow : fast,
            Camera("gate", "test:still?size=160x96&frames=20"),
            Camera("yard", "test:still?size=160x96&frames=20"));

        var running = pipeline.RunAsync();
        // The whole of one camera passes while the other one's first frame is held.
        Assert.True(SpinWait.SpinUntil(() => fast.Completed, TimeSpan.FromMinutes(2)));
        Assert.Equal((20, 0), (fast.Numbers.Count, slow.Numbers.Count));
        gate.Set();
        await running;

        Assert.Equal(20, slow.Numbers.Count);
    }

    private static CameraSettings Camera(string name, string source, params string[] polygons) => new(name, new Settings
    {
        Capture = new CaptureOptions { Source = source, Live = LiveMode.False },
        Objects = new ObjectsOptions { Polygons = polygons },
        Segment = new SegmentOptions { Size = new FrameSize(96, 96) },
        Web = new WebOptions { Enabled = false },
    });

    private static PipelineHost Build(ConcurrentDictionary<string, MaskRecorder> sinks, params CameraSettings[] cameras) =>
        Build(camera => sinks.GetOrAdd(camera, _ => new MaskRecorder()), cameras);

    private static PipelineHost Build(Func<string, IFrameSink> sinkOf, params CameraSettings[] cameras) => new(
        new Configured(cameras[0].Settings, new ConfigurationBuilder().Build()) { Cameras = cameras },
        services => services.AddSingleton(of => sinkOf(of.GetRequiredService<CameraSettings>().Name)));
}
