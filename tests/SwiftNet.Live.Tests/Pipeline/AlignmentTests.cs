using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class AlignmentTests
{
    [Fact]
    public async Task Exact_each_picture_waits_for_the_mask_that_was_computed_from_it()
    {
        var (pictures, masks, run) = await RunAsync(Alignment.Exact);

        Assert.Equal(masks.Numbers, pictures.Numbers);
        Assert.All(pictures.Numbers.Zip(pictures.MaskOf), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(0, run.Shown.Snapshot().Captured);
    }

    [Fact]
    public async Task Latest_every_picture_is_shown_at_once_with_a_mask_from_before_and_the_masks_keep_their_own_frames()
    {
        var (pictures, masks, run) = await RunAsync(Alignment.Latest);

        // What is seen is in order, and of its mask's time or later.
        Assert.Equal(pictures.Numbers.Order(), pictures.Numbers);
        Assert.All(
            pictures.Numbers.Zip(pictures.MaskOf),
            pair => Assert.True(pair.Second is null || pair.Second <= pair.First, $"picture {pair.First} has the mask of {pair.Second}"));
        Assert.Contains(pictures.MaskOf, mask => mask is not null);
        Assert.All(masks.Numbers.Zip(masks.MaskOf), pair => Assert.Equal(pair.First, pair.Second));

        // Two ways, two ledgers, both to the frame.
        var (ledger, shown) = (run.Ledger.Snapshot(), run.Shown.Snapshot());
        Assert.Equal((ledger.Captured, 0, 0), (shown.Captured, ledger.Balance, shown.Balance));
        Assert.Equal((masks.Numbers.Count, pictures.Numbers.Count), (ledger.Written, shown.Written));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_must_not_be_seen_without_its_own_mask_implies_exact(bool writes, bool privacy) => Assert.False(new OutputOptions
    {
        Align = Alignment.Latest,
        ShowWrites = writes,
        Privacy = new PrivacyOptions { Hide = privacy ? Hidden.Objects : Hidden.None },
    }.ShowsLatest);

    private static async Task<(ClockSink Pictures, ClockSink Masks, PipelineRun Run)> RunAsync(Alignment align)
    {
        var clock = new ConcurrentDictionary<long, long>();
        var (pictures, masks) = (new ClockSink(clock, showsPictures: true), new ClockSink(clock, showsPictures: false));
        var settings = new Settings
        {
            Capture = new CaptureOptions { Source = "test:moving?size=160x96&fps=60", Live = LiveMode.True },
            Objects = new ObjectsOptions { Polygons = ["64,40;96,40;96,72;64,72"] },
            Segment = new SegmentOptions { Size = new FrameSize(96, 96) },
            Output = new OutputOptions { Align = align },
            Web = new WebOptions { Enabled = false },
        };
        await using var pipeline = new PipelineHost(
            new Configured(settings, new ConfigurationBuilder().Build()),
            services => services.AddSingleton<IFrameSink>(pictures).AddSingleton<IFrameSink>(masks));
        pictures.EnoughMasks = pipeline.Stop;
        await pipeline.RunAsync();
        return (pictures, masks, pipeline.Run);
    }

    /// <summary>Reads the clock that is drawn into the pixels, and whose frame the mask is of.</summary>
    private sealed class ClockSink(ConcurrentDictionary<long, long> numberAt, bool showsPictures) : IFrameSink
    {
        public List<long> Numbers { get; } = [];

        public List<long?> MaskOf { get; } = [];

        public Action? EnoughMasks { get; set; }

        public string Name => "clock";

        public bool ShowsPictures => showsPictures;

        public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
        {
            var number = FrameNumberCode.Read(showsPictures ? overlay.Span : frame.Pixels.Array, frame.Width, frame.Height)!.Value;
            numberAt[frame.CapturedAt] = number;
            Numbers.Add(number);

            // A mask's frame may have been overtaken on its way to here before its number could be read; its time shows that it is an
            // earlier one.
            MaskOf.Add(
                frame.Mask is not { } mask
                    ? null
                    : numberAt.TryGetValue(mask.CapturedAt, out var of) ? of
                    : mask.CapturedAt < frame.CapturedAt ? number - 1
                    : number + 1);
            if (MaskOf.Count(mask => mask is not null) == 20)
            {
                EnoughMasks?.Invoke();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
