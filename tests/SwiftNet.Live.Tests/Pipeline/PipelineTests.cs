using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class PipelineTests
{
    [Fact]
    public async Task Behind_a_fast_live_source_and_a_slow_sink_every_frame_is_accounted_for()
    {
        var sink = new NumberSink(TimeSpan.FromMilliseconds(20));
        await using var pipeline = Build("test:moving?size=160x96&fps=240&frames=200", LiveMode.True, sink);

        await pipeline.RunAsync();

        var ledger = pipeline.Run.Ledger.Snapshot();
        Assert.Equal(0, ledger.Balance);
        Assert.Equal(200, ledger.Captured);
        Assert.Equal(sink.Numbers.Count, ledger.Written);
        Assert.True(ledger.Dropped > 0);
        Assert.Equal(ledger.Dropped, Enumerable.Range(0, 200).Count(n => !sink.Numbers.Contains(n)));
        Assert.Equal(sink.Numbers.Distinct().Order(), sink.Numbers);
        // Newest wins: the last frame is never the one that is dropped.
        Assert.Equal(199, sink.Numbers[^1]);
        Assert.True(sink.Completed);
    }

    [Fact]
    public async Task When_nothing_may_be_lost_a_slow_sink_makes_the_source_wait()
    {
        var sink = new NumberSink(TimeSpan.FromMilliseconds(2));
        await using var pipeline = Build("test:moving?size=160x96&frames=100", LiveMode.False, sink);

        await pipeline.RunAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(n => (long)n), sink.Numbers);
        Assert.Equal("captured 100 = written 100 + dropped 0 + failed 0", pipeline.Run.Ledger.Snapshot().ToString());
        Assert.Equal(100, pipeline.Run.CaptureToOutput.Snapshot().Count);
    }

    [Fact]
    public async Task A_sink_that_fails_costs_its_own_frames_and_keeps_nothing_from_the_others()
    {
        var failing = new NumberSink(failure: n => n % 10 == 3 ? new IOException("disk full") : null);
        var sound = new NumberSink();
        await using var pipeline = Build("test:moving?size=160x96&frames=50", LiveMode.False, failing, sound);

        await pipeline.RunAsync();

        Assert.Equal(50, sound.Numbers.Count);
        Assert.Equal("captured 50 = written 45 + dropped 0 + failed 5", pipeline.Run.Ledger.Snapshot().ToString());
        Assert.True(failing.Completed);
    }

    [Fact]
    public async Task A_stage_that_throws_ends_the_run_with_its_exception_and_its_frames_are_counted_as_failed()
    {
        var sink = new NumberSink(failure: n => n == 5 ? new InvalidOperationException("broken for good") : null);
        await using var pipeline = Build("test:moving?size=160x96", LiveMode.False, sink);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(pipeline.RunAsync);

        Assert.Equal("broken for good", error.Message);
        Assert.Equal([0, 1, 2, 3, 4], sink.Numbers);
        Assert.False(sink.Completed);
        var ledger = pipeline.Run.Ledger.Snapshot();
        Assert.Equal(0, ledger.Balance);
        Assert.Equal(5, ledger.Written);
        Assert.True(ledger.Failed > 0);
    }

    [Fact]
    public async Task A_stage_that_cannot_open_ends_the_run_before_the_first_frame()
    {
        await using var pipeline = new PipelineHost(Configure(s => s with
        {
            Capture = new CaptureOptions { Source = "test:moving?size=160x96" },
            Segment = new SegmentOptions { Weights = "nowhere.safetensors" },
        }));

        var error = await Assert.ThrowsAsync<UserErrorException>(pipeline.RunAsync);

        Assert.Contains("nowhere.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, pipeline.Run.Ledger.Snapshot().Captured);
    }

    [Fact]
    public async Task Followed_objects_leave_with_a_mask_its_age_and_the_reason_of_a_write()
    {
        var sink = new MaskRecorder();
        await using var pipeline = new PipelineHost(
            Configure(s => s with
            {
                Capture = new CaptureOptions { Source = "test:still?size=160x96&frames=6", Live = LiveMode.False },
                Segment = new SegmentOptions { Size = new FrameSize(96, 96) },
                Memory = new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 2 },
                Objects = new ObjectsOptions { Polygons = ["64,40;96,40;96,72;64,72"] },
                Output = s.Output with { ShowWrites = true },
            }),
            services => services.AddSingleton<IFrameSink>(sink));

        await pipeline.RunAsync();

        Assert.Equal(
            [WriteReason.First, WriteReason.None, WriteReason.Periodic, WriteReason.None, WriteReason.Periodic, WriteReason.None],
            sink.Reasons);
        Assert.All(sink.Ages, age => Assert.True(age > TimeSpan.Zero));
        Assert.Equal([false, false, true, false, true, false], sink.Cells);
        Assert.Equal(6, pipeline.Run.CaptureToMask.Snapshot().Count);
    }

    [Fact]
    public async Task Thresholds_that_change_hold_from_the_next_frame_on()
    {
        var sink = new MaskRecorder();
        PipelineHost pipeline = null!;
        var change = new NumberSink(failure: n =>
        {
            pipeline.Run.Thresholds = n == 10
                ? new TriggerThresholds(Frame: 0, Mask: 0, WriteAreaThreshold: 1e-9)
                : pipeline.Run.Thresholds;
            return null;
        });
        pipeline = new PipelineHost(
            Configure(s => s with
            {
                Capture = new CaptureOptions { Source = "test:moving?size=160x96&frames=30", Live = LiveMode.False },
                Segment = new SegmentOptions { Size = new FrameSize(96, 96) },
                Memory = new MemoryOptions { WriteAreaThreshold = 1000 },
                Objects = new ObjectsOptions { Polygons = ["64,40;96,40;96,72;64,72"] },
            }),
            services => services.AddSingleton<IFrameSink>(sink).AddSingleton<IFrameSink>(change));
        await using (pipeline)
        {
            await pipeline.RunAsync();
        }

        // The frames that were on their way when it changed may be due or not.
        Assert.All(sink.Reasons[1..11], reason => Assert.Equal(WriteReason.None, reason));
        Assert.All(sink.Reasons[20..], reason => Assert.Equal(WriteReason.Variation, reason));
    }

    private static PipelineHost Build(string source, LiveMode live, params IFrameSink[] sinks) => new(
        Configure(s => s with { Capture = new CaptureOptions { Source = source, Live = live } }),
        services => Array.ForEach(sinks, sink => services.AddSingleton(sink)));

    private static Configured Configure(Func<Settings, Settings> change) =>
        new(change(new Settings { Web = new WebOptions { Enabled = false } }), new ConfigurationBuilder().Build());
}
