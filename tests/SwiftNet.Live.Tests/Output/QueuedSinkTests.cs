using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output;

public sealed class QueuedSinkTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WarningLog _log = new();
    private readonly GatedSink _slow = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _slow.DisposeAsync();

    [Theory]
    [InlineData(true, 10)]
    [InlineData(false, 99)]
    public async Task A_slow_sink_gets_the_newest_pictures_and_holds_up_nobody(bool raw, byte first)
    {
        await using var sink = Queue(raw ? PictureKind.Raw : PictureKind.Overlay, grace: null);
        Write(sink, 0);
        await _slow.Entered.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        for (var number = 1; number < 10; number++)
        {
            Write(sink, number);
        }

        Assert.Equal(7, sink.OwnCounters.Dropped);
        _slow.Open();
        await sink.CompleteAsync(Cancellation);

        Assert.Equal([0L, 8L, 9L], _slow.Taken.Select(taken => taken.Number));
        Assert.All(_slow.Taken, taken => Assert.Equal(raw ? first + taken.Number : first, taken.Pixel));
        Assert.True(_slow.Completed);
        Assert.Equal((3, 0), (sink.OwnCounters.Taken, sink.OwnCounters.Failed));
    }

    [Fact]
    public async Task Whatever_a_sink_throws_is_counted_told_once_and_the_next_frame_is_tried()
    {
        _slow.Open();
        _slow.Failure = new InvalidOperationException("broken");
        await using var sink = Queue(PictureKind.Raw, grace: null, capacity: 50);
        for (var number = 0; number < 20; number++)
        {
            Write(sink, number);
        }

        await sink.CompleteAsync(Cancellation);

        Assert.Equal((0, 20, "broken"), (sink.OwnCounters.Taken, sink.OwnCounters.Failed, sink.OwnCounters.LastError));
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public async Task A_sink_that_hangs_at_the_end_is_left_after_its_grace()
    {
        await using var sink = Queue(PictureKind.Raw, TimeSpan.FromSeconds(5));
        Write(sink, 0);
        await _slow.Entered.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        Write(sink, 1);
        var completing = sink.CompleteAsync(Cancellation).AsTask();
        Assert.False(completing.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        await completing;

        Assert.False(_slow.Completed);
        Assert.Contains("were not written within 5 s", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_pipeline_a_sink_that_hangs_keeps_nothing_from_the_others()
    {
        var sound = new NumberSink();
        var hung = new QueuedSink(_slow, PictureKind.Overlay, 2, TimeSpan.Zero, TimeProvider.System, _log);
        var settings = new Settings
        {
            Capture = new CaptureOptions { Source = "test:moving?size=160x96&frames=50", Live = LiveMode.False },
            Web = new WebOptions { Enabled = false },
        };
        await using var pipeline = new PipelineHost(
            new Configured(settings, new ConfigurationBuilder().Build()),
            services => services.AddSingleton<IFrameSink>(_ => hung).AddSingleton<IFrameSink>(sound));

        await pipeline.RunAsync();

        Assert.Equal(50, sound.Numbers.Count);
        Assert.Equal("captured 50 = written 50 + dropped 0 + failed 0", pipeline.Run.Ledger.Snapshot().ToString());
        var counters = pipeline.Run.Sinks.Single(sink => sink.Name == "gated");
        Assert.Same(hung.OwnCounters, counters);
        Assert.Equal(0, counters.Taken);
        Assert.InRange(counters.Dropped, 47, 48);
    }

    private QueuedSink Queue(PictureKind kind, TimeSpan? grace, int capacity = 2) => new(_slow, kind, capacity, grace, _time, _log);

    private static void Write(QueuedSink sink, int number)
    {
        using var frame = Frames.Plain(4, 4, ((byte)(10 + number), 0, 0), number);
        var overlay = new byte[48];
        overlay.AsSpan().Fill(99);
        var writing = sink.WriteAsync(frame, overlay, CancellationToken.None).AsTask();
        Assert.True(writing.IsCompletedSuccessfully);
    }
}
