using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Clips;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Clips;

public sealed class ClipSinkTests : IDisposable
{
    private const int Width = 160, Height = 96, FramesPerSecond = 10;
    private static readonly ClipsOptions s_options = new() { PreSeconds = 1, PostSeconds = 1, MaxSeconds = 4 };
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ClipCounters _counters = new();
    private readonly CameraClips _clips;

    public ClipSinkTests() => _clips = new CameraClips("yard", _counters, _time, NullLogger<CameraClips>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _clips.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_clip_begins_before_the_event_and_ends_after_it_with_pictures_of_the_object()
    {
        await using (var sink = Sink(s_options))
        {
            await WriteAsync(sink, 60, (30, Entered));
            await sink.CompleteAsync(Cancellation);
            Assert.Equal((1, 0, 0), (sink.OwnCounters.Taken, sink.OwnCounters.Failed, sink.OwnCounters.Dropped));
        }

        var clip = Assert.Single(List());
        Assert.Equal(("2026-03-01T12-00-01.200Z", "yard", 2.1), (clip.Id, clip.Camera, clip.Seconds));
        Assert.Equal(Frames.Noon.AddMilliseconds(40 * 20), clip.Starts);
        var happened = Assert.Single(clip.Events);
        Assert.Equal(
            ("entered", "door", (byte)1, "cup", 30L),
            (happened.Event, happened.Zone, happened.Object, happened.Name, happened.Frame));
        Assert.Equal([60, 32, 40, 30], happened.Box!);
        Assert.Equal(ClipFiles.All, clip.Files);

        // Blue tells the frame's number, green that the overlay was taken.
        var video = Ffmpeg.Decode(PathOf(clip, ClipFiles.Video), "bgr24");
        Assert.Equal(21, video.Length / (3 * Width * Height));
        Assert.InRange(video[0], 4 * 20 - 6, 4 * 20 + 6);
        Assert.InRange(video[^(3 * Width * Height)], 4 * 40 - 6, 4 * 40 + 6);
        Assert.Equal([0, 0.1, 2.0], new[] { 0, 1, 20 }.Select(n => Ffmpeg.Times(PathOf(clip, ClipFiles.Video))[n]));
        AssertColour(Picture(clip, ClipFiles.Snapshot), 2, 2, (120, 200, 50));
        AssertColour(Picture(clip, ClipFiles.Picture), 2, 2, (120, 100, 50));
        var crop = Picture(clip, ClipFiles.Crop);
        Assert.Equal((72, 62), (crop.Width, crop.Height));
        AssertColour(crop, 36, 31, (20, 30, 250));
        AssertColour(crop, 3, 3, (120, 100, 50));
        Assert.Equal((1, 1), (_counters.Written, _counters.Kept));
        Assert.InRange(_counters.Bytes, 1000, 1_000_000);
    }

    [Fact]
    public async Task Further_events_extend_a_clip_to_its_limit_and_then_begin_another()
    {
        await using var sink = Sink(s_options);
        await WriteAsync(sink, 90, (10, Entered), (18, Left), (26, Entered), (34, Left), (42, Entered));
        await sink.CompleteAsync(Cancellation);
        var clips = List();
        Assert.Equal([["entered"], ["entered", "left", "entered", "left"]], clips.Select(clip => clip.Events.Select(e => e.Event)));
        Assert.Equal([2.1, 4.1], clips.Select(clip => clip.Seconds));
    }

    [Fact]
    public async Task Only_the_chosen_kinds_begin_a_clip_and_a_crossing_has_its_direction()
    {
        await using var sink = Sink(s_options with { Kinds = "crossed, appeared" });
        await WriteAsync(sink, 40, (15, Entered), (25, new ZoneEvent("gate", ZoneChange.Backward, 1, null, 1, 0)));
        await sink.CompleteAsync(Cancellation);
        var clips = List();
        Assert.Equal(["crossed", "appeared"], clips.Select(clip => clip.Events[0].Event));
        Assert.Equal(("gate", "backward", null), (clips[0].Events[0].Line, clips[0].Events[0].Direction, clips[0].Events[0].Zone));
    }

    [Fact]
    public async Task A_busy_worker_drops_pictures_but_never_an_event()
    {
        await using var sink = Sink(s_options, mayDrop: true);
        var number = 0;
        for (; number < 200; number++)
        {
            await WriteOneAsync(sink, number, number % 50 == 25 ? Entered : null);
        }

        // The picture that takes the last events may be a later one.
        for (; sink.OwnCounters.Taken < 1 && number < 100_000; number++)
        {
            await WriteOneAsync(sink, number, null);
            await Task.Delay(1, Cancellation);
        }

        await sink.CompleteAsync(Cancellation);
        Assert.Equal([25, 75, 125, 175], List().SelectMany(clip => clip.Events).Select(e => e.Frame).Order());
    }

    [Fact]
    public async Task Another_frame_size_ends_the_clip()
    {
        await using var sink = Sink(s_options);
        await WriteAsync(sink, 12, (10, Entered));
        using (var other = Frames.Plain(64, 48, (0, 0, 0), 12, 1.2))
        {
            await sink.WriteAsync(other, other.Pixels.Array, Cancellation);
        }

        await sink.CompleteAsync(Cancellation);
        var clip = Assert.Single(List());
        Assert.Equal(12, Ffmpeg.Times(PathOf(clip, ClipFiles.Video)).Length);
    }

    [Fact]
    public async Task An_object_that_is_no_longer_there_has_no_crop_but_a_clip()
    {
        await using var sink = Sink(s_options);
        using (var empty = Frames.Plain(Width, Height, (0, 0, 0)))
        {
            empty.ZoneEvents = [Left];
            await sink.WriteAsync(empty, empty.Pixels.Array, Cancellation);
        }

        await sink.CompleteAsync(Cancellation);
        var clip = Assert.Single(List());
        Assert.Null(clip.Events[0].Box);
        Assert.DoesNotContain(ClipFiles.Crop, clip.Files);
    }

    [Fact]
    public void After_SIGKILL_what_is_incomplete_is_gone_and_the_rest_is_a_clip()
    {
        using (var process = new LiveProcess(
            "--Capture:Source=test:moving?size=160x96&fps=20",
            "--Web:Enabled=false",
            "--Segment:Size=160x96",
            "--Objects:Polygons=64,40;96,40;96,72;64,72",
            "--Output:Clips:Kinds=appeared",
            "--Output:Clips:Enabled=true",
            "--Output:Clips:PostSeconds=50",
            $"--Output:Directory={_folder.Root}"))
        {
            process.WaitUntil(() => Parts() is [var part] && Directory.GetFiles(part, "*.part.mp4").Length > 0);
        }

        var broken = Directory.CreateDirectory(_folder["clips/2026-03-01T12-00-00.000Z.part"]).FullName;
        File.WriteAllText(Path.Combine(broken, "event.json.part"), "{");
        _clips.Open(() => new RecordingFolder(_folder["clips"], 1e9, 0, _log, extension: ""));
        Assert.Empty(Parts());
        var clip = Assert.Single(List());
        Assert.Equal([ClipFiles.Snapshot, ClipFiles.Picture, ClipFiles.Crop], clip.Files);
        Assert.Equal((160, 96), (Picture(clip, ClipFiles.Picture).Width, Picture(clip, ClipFiles.Picture).Height));
        Assert.Equal("appeared", clip.Events[0].Event);

        string[] Parts() => Directory.Exists(_folder["clips"]) ? Directory.GetDirectories(_folder["clips"], "*.part") : [];
    }

    private static ZoneEvent Entered => new("door", ZoneChange.Entered, 1, null, 1, 1);

    private static ZoneEvent Left => new("door", ZoneChange.Left, 1, TimeSpan.FromSeconds(1), 1, 0);

    private ClipSink Sink(ClipsOptions options, bool mayDrop = false) => new(
        _clips,
        () => new RecordingFolder(_folder["clips"], 1e9, 0, _log, extension: ""),
        options,
        new EventsOptions { MovedSeconds = 3600 },
        () => FramesPerSecond,
        mayDrop,
        TimeProvider.System,
        _log);

    private static async Task WriteAsync(ClipSink sink, int frames, params (int Frame, ZoneEvent Event)[] events)
    {
        for (var number = 0; number < frames; number++)
        {
            await WriteOneAsync(sink, number, events.Where(e => e.Frame == number).Select(e => (ZoneEvent?)e.Event).SingleOrDefault());
        }
    }

    // A red box on a background whose blue is the frame's number; the overlay has more green.
    private static async Task WriteOneAsync(ClipSink sink, int number, ZoneEvent? happened)
    {
        var blue = (byte)(4 * number);
        var ids = Frames.Box(Width, Height, 1, 60, 32, 40, 30);
        using var frame = Frames.Plain(Width, Height, (blue, 100, 50), number, number / (double)FramesPerSecond)
            .With(ids, objects: new ObjectConfidence(1, 0.9f))
            .Dressed((1, "cup", null));
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] != 0)
            {
                (frame.Pixels.Array[3 * i], frame.Pixels.Array[(3 * i) + 1], frame.Pixels.Array[(3 * i) + 2]) = (20, 30, 250);
            }
        }

        using var overlay = Frames.Plain(Width, Height, (blue, 200, 50));
        frame.ZoneEvents = happened is { } one ? [one] : [];
        await sink.WriteAsync(frame, overlay.Pixels.Array, Cancellation);
    }

    private IReadOnlyList<ClipFacts> List() => _clips.List(100, null).Clips;

    private string PathOf(ClipFacts clip, string file) => Path.Combine(_folder["clips"], clip.Id, file);

    private Mat Picture(ClipFacts clip, string file) => Cv2.ImRead(PathOf(clip, file));

    private static void AssertColour(Mat picture, int x, int y, (int B, int G, int R) expected)
    {
        var pixel = picture.At<Vec3b>(y, x);
        Assert.InRange(pixel.Item0, expected.B - 12, expected.B + 12);
        Assert.InRange(pixel.Item1, expected.G - 12, expected.G + 12);
        Assert.InRange(pixel.Item2, expected.R - 12, expected.R + 12);
    }
}
