using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Segment;

/// <summary>The time budget in the running pipeline.</summary>
public sealed class LiveBudgetTests
{
    // The disc's area is a square of 74 pixels in the small picture, of 118 in the large one: four memory cells are 64.
    [Theory]
    [InlineData(320, 240, 1, 1.0)]
    [InlineData(480, 360, 3, 0.6)]
    public async Task Frames_that_take_too_long_step_down_as_far_as_the_object_allows_and_then_the_machine_is_reported_as_too_slow(
        int width, int height, int level, double scale)
    {
        using var folder = new TemporaryFolder();
        MaskCheck? sink = null;
        await using var pipeline = Build(
            folder,
            Pattern(width, height),
            new BudgetOptions { FrameTime = new FrameTime(0.1) },
            new CaptureOptions { Source = $"test:still?size={width}x{height}&fps=100&frames=60000" },
            services =>
                services.AddSingleton<IFrameSink>(
                    of =>
                        sink = new MaskCheck(
                            of.GetRequiredService<ServiceLife>(),
                            Pattern(width, height),
                            () => of.GetRequiredService<PipelineRun>().Budget.TooSlow is not null)),
            new FrameSize(width, height));

        await pipeline.RunAsync();

        // Of 1, 0.75, 0.6 and 0.5 of the size, and 2 and 1.5 frames of memory.
        var budget = pipeline.Run.Budget;
        Assert.Equal((true, level, 4, scale, 1.5), (budget.Keeps, budget.Level, budget.LowestLevel, budget.Scale, budget.CapacityFrames));
        Assert.Equal((level, 0), (budget.Downs, budget.Ups));
        Assert.True(budget.AverageMilliseconds > budget.LimitMilliseconds);
        Assert.Contains("down to ", budget.LastDecision, StringComparison.Ordinal);
        Assert.EndsWith(" ms of 0.1 ms", budget.LastDecision, StringComparison.Ordinal);
        Assert.StartsWith("This machine is too slow for the camera: a frame takes ", budget.TooSlow, StringComparison.Ordinal);
        Assert.Contains("fewer than 4 memory cells a side", budget.TooSlow, StringComparison.Ordinal);
        Assert.Contains($"a smaller Segment:Size than {width}x{height}", budget.TooSlow, StringComparison.Ordinal);
        Assert.Equal((width * scale, height * scale), (pipeline.Run.Network!.Width, pipeline.Run.Network.Height));
        Assert.True(sink!.Seen >= MaskCheck.Enough);
        Assert.True(sink.SizesAgree);
        Assert.InRange(sink.WorstJ, 0.7, 1);
        Assert.Equal(0, pipeline.Run.Ledger.Snapshot().Balance);
    }

    [Theory]
    [InlineData(10_000, false, true)]
    [InlineData(0.1, true, true)]
    [InlineData(0.1, false, false)]
    public async Task With_time_enough_pinned_or_from_a_file_nothing_ever_moves(double milliseconds, bool pin, bool live)
    {
        using var folder = new TemporaryFolder();
        var frames = 0;
        await using var pipeline = Build(
            folder,
            Pattern(160, 128),
            new BudgetOptions { FrameTime = new FrameTime(milliseconds), Fixed = pin },
            new CaptureOptions { Source = "test:still?size=160x128&fps=100&frames=60000", Live = live ? LiveMode.True : LiveMode.False },
            services =>
                services.AddSingleton<IFrameSink>(
                    of => new MaskCheck(of.GetRequiredService<ServiceLife>(), Pattern(160, 128), () => ++frames >= 60)));

        await pipeline.RunAsync();

        var budget = pipeline.Run.Budget;
        Assert.Equal((0, 0, 0, 1.0, 2.0), (budget.Level, budget.Downs, budget.Ups, budget.Scale, budget.CapacityFrames));
        Assert.Equal((160, 128), (pipeline.Run.Network!.Width, pipeline.Run.Network.Height));
        Assert.Null(budget.LastDecision);
        Assert.Equal(live && !pin, budget.Keeps);
        if (!budget.Keeps)
        {
            Assert.Equal((0, 0, 0), (pipeline.Run.Writes.Deferred, pipeline.Run.Writes.Forced, pipeline.Run.Writes.Skipped));
        }
    }

    [Fact]
    public async Task Objects_are_followed_when_the_camera_changes_its_resolution()
    {
        using var folder = new TemporaryFolder();
        MaskCheck? sink = null;
        await using var pipeline = Build(
            folder,
            Pattern(320, 240),
            new BudgetOptions(),
            new CaptureOptions { Live = LiveMode.False },
            services => services
                .AddSingleton<IFrameSource>(new ChangingSource(Pattern(320, 240, 8), Pattern(480, 360, 8), Pattern(400, 240, 8)))
                .AddSingleton<IFrameSink>(of => sink = new MaskCheck(of.GetRequiredService<ServiceLife>(), null, () => false)));

        await pipeline.RunAsync();

        Assert.Equal(24, sink!.Seen);
        Assert.True(sink.SizesAgree);
        Assert.InRange(sink.WorstJ, 0.7, 1);
        Assert.Equal("captured 24 = written 24 + dropped 0 + failed 0", pipeline.Run.Ledger.Snapshot().ToString());
        Assert.Equal((320, 192), (pipeline.Run.Network!.Width, pipeline.Run.Network.Height));
    }

    private static TestPatternSource Pattern(int width, int height, int frames = 1) =>
        TestFrames.Pattern($"test:still?size={width}x{height}&frames={frames}");

    private static PipelineHost Build(
        TemporaryFolder folder,
        TestPatternSource first,
        BudgetOptions budget,
        CaptureOptions capture,
        Action<IServiceCollection> more,
        FrameSize? size = null)
    {
        var settings = new Settings
        {
            Capture = capture,
            Segment = new SegmentOptions { Size = size ?? new FrameSize(320, 240), Window = WindowMode.Off },
            Budget = budget,
            Objects = new ObjectsOptions { Mask = folder["mask.png"] },
            Web = new WebOptions { Enabled = false },
        };
        IndexedPng.Write(folder["mask.png"], first.Truth(0));
        return new PipelineHost(new Configured(settings, new ConfigurationBuilder().Build()), more);
    }

    /// <summary>A sink that holds every mask against the still pattern's truth, and ends the run some masks after a state is
    /// reached.</summary>
    private sealed class MaskCheck(ServiceLife life, TestPatternSource? pattern, Func<bool> reached) : IFrameSink
    {
        public const int Enough = 20;

        private IdMask? _truth = pattern?.Truth(0);

        public int Seen { get; private set; }

        public bool SizesAgree { get; private set; } = true;

        public double WorstJ { get; private set; } = 1;

        public string Name => "check";

        public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
        {
            if (_truth?.Width != frame.Width || _truth.Height != frame.Height)
            {
                using var other = Pattern(frame.Width, frame.Height);
                _truth = other.Truth(0);
            }

            var (both, either) = (0, 0);
            var ids = new byte[frame.Width * frame.Height];
            frame.Mask!.Part.CopyTo(ids);
            for (var i = 0; i < _truth.Ids.Length; i++)
            {
                both += _truth.Ids[i] == 1 && ids[i] == 1 ? 1 : 0;
                either += _truth.Ids[i] == 1 || ids[i] == 1 ? 1 : 0;
            }

            SizesAgree &= (frame.Width, frame.Height) == (frame.Mask!.Region.FrameWidth, frame.Mask.Region.FrameHeight);
            WorstJ = Math.Min(WorstJ, (double)both / either);
            if (pattern is null || Seen > 0 || reached())
            {
                Seen++;
            }

            if (pattern is not null && Seen == Enough)
            {
                life.Fail();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A camera that shows one pattern after the other, as if its resolution was changed.</summary>
    private sealed class ChangingSource(params TestPatternSource[] sources) : IFrameSource
    {
        private readonly FrameFactory _frames = new(TimeProvider.System);
        private int _at;

        public string Name => "changing";

        public bool IsLive => false;

        public double FrameRate => 25;

        public long? FrameCount => null;

        public SourceStatus Status => _frames.Status;

        public Frame? Read(CancellationToken cancellation)
        {
            for (; _at < sources.Length; _at++)
            {
                if (sources[_at].Read(cancellation) is { } frame)
                {
                    return _frames.Next(frame.Pixels, frame.Width, frame.Height);
                }
            }

            return null;
        }

        public void Dispose() => Array.ForEach(sources, source => source.Dispose());
    }
}
