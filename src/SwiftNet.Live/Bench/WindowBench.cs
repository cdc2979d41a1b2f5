using System.Diagnostics;
using SwiftNet.Imaging.Extents;
using SwiftNet.Imaging.Rle;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Preprocess;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Bench;

/// <summary>
/// Measures one frame size with windows or without: a disc that moves over the frame, from the camera's pixels in host memory to ids, boxes
/// and run lengths in host memory.
/// </summary>
internal sealed class WindowBench : IDisposable
{
    /// <summary>The parts that are measured; <c>masks</c> is reading the ids back and joining them at the camera's resolution.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["total", "cut", "network", "masks", "boxes"];

    private readonly TestPatternSource _source;
    private readonly WindowedSegmenter _segmenter;
    private readonly PlaneMaker _planes;
    private readonly ObjectExtents _extents = new();
    private readonly RunLengths _runs = new();
    private readonly byte[] _ids;
    private readonly Dictionary<string, List<double>> _times = Parts.ToDictionary(part => part, _ => new List<double>());

    /// <summary>Begins with the disc's exact mask.</summary>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="settings">Segment:Size is the network's pixels; the Memory section counts.</param>
    /// <param name="frame">The camera's frame size.</param>
    /// <param name="window">Whether windows follow the disc.</param>
    public WindowBench(SwiftNetModel model, Settings settings, FrameSize frame, WindowMode window)
    {
        (Frame, Window) = (frame, window);
        _source = new TestPatternSource(new SourceAddress($"test:moving?size={frame}"), TimeProvider.System);
        _segmenter = new WindowedSegmenter(model, settings.Memory, (settings.Segment with { Window = window }).Windows);
        _planes = new PlaneMaker(settings.Segment.Size);
        _ids = new byte[frame.Width * frame.Height];
        using var first = _source.Read(CancellationToken.None)!;
        _segmenter.Start(first.Image, _source.Truth(0));
    }

    /// <summary>The camera's frame size.</summary>
    public FrameSize Frame { get; }

    /// <summary>Whether windows follow the disc.</summary>
    public WindowMode Window { get; }

    /// <summary>What the windows did.</summary>
    public WindowCounters Counters => _segmenter.Counters;

    /// <summary>The median of a part, in milliseconds.</summary>
    public double Median(string part) => BenchReport.Percentile([.. _times[part]], 0.5);

    /// <summary>Measures frames.</summary>
    /// <param name="frames">Their number.</param>
    /// <param name="counts">Whether the figures are kept: not of the first frames.</param>
    public void Measure(int frames, bool counts)
    {
        for (var i = 0; i < frames; i++)
        {
            using var frame = _source.Read(CancellationToken.None)!;
            Measure(frame, counts);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segmenter.Dispose();
        _planes.Dispose();
        _source.Dispose();
    }

    private void Measure(Frame frame, bool counts)
    {
        var clock = Stopwatch.StartNew();
        if (Window == WindowMode.Off)
        {
            _planes.Fill(frame);
        }

        var whole = frame.Planes is { } planes ? new NetworkFrame(planes.Array, frame.NetworkWidth, frame.NetworkHeight) : default;
        _segmenter.Step(frame.Image, whole);
        var stepped = clock.Elapsed;
        var part = _segmenter.Part;
        _segmenter.CopyIds(_ids, part);
        var joined = clock.Elapsed;
        var mask = new MaskPart(_ids, new MaskRegion(part.X, part.Y, part.Width, part.Height, frame.Width, frame.Height));
        _extents.Measure(mask);
        _runs.Measure(mask);
        var measured = clock.Elapsed;
        _segmenter.Write();
        if (!counts)
        {
            return;
        }

        var times = _segmenter.Times;
        var network = times.Encode + times.Match + times.Decode + times.Write;
        Add("total", clock.Elapsed);
        Add("network", network);
        Add("masks", times.Fetch + joined - stepped);
        Add("cut", stepped - (network - times.Write) - times.Fetch);
        Add("boxes", measured - joined);
    }

    private void Add(string part, TimeSpan time) => _times[part].Add(time.TotalMilliseconds);
}
