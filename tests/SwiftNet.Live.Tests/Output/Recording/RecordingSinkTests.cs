using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Output.Recording;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Recording;

public sealed class RecordingSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog _log = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_of_a_length_hold_every_frame_once_and_are_named_by_their_first()
    {
        await using var sink = Record(new RecordingOptions { SegmentMinutes = 1 / 60.0 });
        for (var number = 0; number < 25; number++)
        {
            await Write(sink, 64, 48, number);
        }

        await sink.CompleteAsync(Cancellation);

        Assert.Equal(
            [".lock", "2026-03-01T12-00-00.000Z.mp4", "2026-03-01T12-00-00.400Z.mp4", "2026-03-01T12-00-00.800Z.mp4"], _folder.Names);
        Assert.Equal([10, 10, 5], Recordings().Select(FramesIn));
        var probe = Ffmpeg.Probe(Recordings()[0], "codec_name,avg_frame_rate,width");
        Assert.All(["codec_name=h264", "avg_frame_rate=10/1", "width=64"], line => Assert.Contains(line, probe, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_ends_by_size_too()
    {
        await using var sink = Record(new RecordingOptions { SegmentMegabytes = 1 });
        using var frame = Frames.Plain(320, 240, (0, 0, 0));
        var random = new Random(1);
        for (var number = 0; number < 60; number++)
        {
            random.NextBytes(frame.Pixels.Array);
            await sink.WriteAsync(frame, frame.Pixels.Array, Cancellation);
        }

        await sink.CompleteAsync(Cancellation);

        var files = Recordings();
        Assert.True(files.Length > 1);
        Assert.All(files[..^1], file => Assert.InRange(new FileInfo(file).Length, 1_000_000, 8_000_000));
        Assert.Equal(60, files.Sum(FramesIn));
    }

    [Fact]
    public async Task Another_size_begins_another_file()
    {
        await using var sink = Record(new RecordingOptions());
        await Write(sink, 64, 48, 0);
        await Write(sink, 32, 64, 1);
        await sink.CompleteAsync(Cancellation);
        Assert.Equal(["width=64\nheight=48\n", "width=32\nheight=64\n"], Recordings().Select(file => Ffmpeg.Probe(file, "width,height")));
    }

    [Fact]
    public async Task Files_of_a_film_keep_its_uneven_times_from_their_own_start_and_its_pixel_aspect()
    {
        double[] seconds = [5, 5.04, 5.5, 61.25, 61.3, 64];
        await using var sink = Record(new RecordingOptions { SegmentMinutes = 1 / 60.0 * 30 });
        for (var number = 0; number < seconds.Length; number++)
        {
            await Write(sink, 64, 48, number, seconds[number], PixelAspect.Of(16, 15));
        }

        await Write(sink, 64, 48, 6, 64.1, PixelAspect.Of(64, 45));
        await sink.CompleteAsync(Cancellation);

        var recordings = Recordings();
        Assert.Equal(3, recordings.Length);
        AssertTimes([0, 0.04, 0.5, 56.25], Ffmpeg.Times(recordings[0]));
        AssertTimes([0, 2.7], Ffmpeg.Times(recordings[1]));
        Assert.Equal(
            ["16:15", "16:15", "64:45"], recordings.Select(path => Ffmpeg.Probe(path, "sample_aspect_ratio").Trim().Split('=')[1]));
    }

    [Fact]
    public async Task Live_files_keep_real_time_and_a_gap_begins_another()
    {
        await using var sink = new RecordingSink(
            new RecordingFolder(_folder.Root, 1e9, 0, _log), new RecordingOptions(), () => 10,
            () => new LiveTimeline(() => 10, TimeProvider.System, NullLogger.Instance), TimeProvider.System, _log);
        double[] seconds = [7, 7.1, 7.9, 20, 20.5];
        for (var number = 0; number < seconds.Length; number++)
        {
            await Write(sink, 64, 48, number, seconds[number]);
        }

        await sink.CompleteAsync(Cancellation);
        Assert.Equal([10, 6], Recordings().Select(FramesIn));
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 40)]
    public async Task The_picture_is_the_one_asked_for(bool raw, int blue)
    {
        await using var sink = Record(new RecordingOptions { Picture = raw ? PictureKind.Raw : PictureKind.Overlay });
        using var frame = Frames.Plain(64, 48, (40, 100, 100));
        using var overlay = Frames.Plain(64, 48, (200, 100, 100));
        await sink.WriteAsync(frame, overlay.Pixels.Array, Cancellation);
        await sink.CompleteAsync(Cancellation);
        Assert.InRange(Ffmpeg.Decode(Assert.Single(Recordings()), "bgr24")[0], blue - 8, blue + 8);
    }

    [Fact]
    public async Task A_killed_encoder_is_started_again_after_a_while_and_what_it_wrote_plays()
    {
        await using var sink = Record(new RecordingOptions());
        for (var number = 0; number < 40; number++)
        {
            await Write(sink, 64, 48, number);
        }

        // Fragments are on the disk: more than the header.
        Assert.True(
            SpinWait.SpinUntil(
                () => new FileInfo(Directory.GetFiles(_folder.Root, "*.part.mp4")[0]).Length > 1500, TimeSpan.FromMinutes(2)));
        using (var child = Process.GetProcessById(sink.ChildId!.Value))
        {
            child.Kill();
        }

        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var number = 40; number < 10_000; number++)
            {
                await Write(sink, 64, 48, number);
            }
        });
        Assert.StartsWith("ffmpeg exited with code 137", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, (await Assert.ThrowsAsync<IOException>(() => Write(sink, 64, 48, 10_000))).Message);
        Assert.Null(sink.ChildId);

        _time.Advance(TimeSpan.FromSeconds(2));
        for (var number = 10_001; number < 10_004; number++)
        {
            await Write(sink, 64, 48, number);
        }

        await sink.CompleteAsync(Cancellation);
        Assert.Equal(2, Recordings().Length);
        Assert.InRange(FramesIn(Recordings()[0]), 10, 10_000);
        Assert.Equal(3, FramesIn(Recordings()[1]));
    }

    [Fact]
    public async Task On_a_full_disk_it_fails_and_goes_on_when_there_is_room_again()
    {
        using var disk = SmallDisk.Mount(kilobytes: 600);
        await using var sink = new RecordingSink(
            new RecordingFolder(disk[""], 1e9, 0, _log), new RecordingOptions(), () => 10, () => null, _time, _log);
        await File.WriteAllBytesAsync(disk["other"], new byte[300_000], Cancellation);
        using var noise = Frames.Plain(320, 240, (0, 0, 0));
        var random = new Random(1);
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var number = 0; number < 10_000; number++)
            {
                random.NextBytes(noise.Pixels.Array);
                await sink.WriteAsync(noise, noise.Pixels.Array, Cancellation);
            }
        });
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);

        File.Delete(disk["other"]);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Write(sink, 64, 48, 500);
        await sink.CompleteAsync(Cancellation);
        Assert.Equal(1, FramesIn(disk["2026-03-01T12-00-20.000Z.mp4"]));
    }

    [Fact]
    public async Task A_run_that_breaks_keeps_what_was_recorded()
    {
        var sink = Record(new RecordingOptions());
        await Write(sink, 64, 48, 0);
        await Write(sink, 64, 48, 1);
        await sink.DisposeAsync();
        Assert.Equal(2, FramesIn(Assert.Single(Recordings())));
    }

    [Fact]
    public void After_SIGKILL_of_service_and_encoder_the_recording_is_found_and_plays()
    {
        using (var process = new LiveProcess(
            "--Capture:Source=test:moving?size=160x96&fps=30", "--Web:Enabled=false", "--Segment:Size=160x96", $"--Output:Directory={_folder.Root}", "--Output:Recording:Enabled=true", "--Output:Recording:Picture=raw"))
        {
            process.WaitUntil(() => Parts() is [var part] && new FileInfo(part).Length > 30_000);
        }

        Assert.Single(Parts());
        using var folder = new RecordingFolder(_folder["recordings"], 1e9, 0, _log);
        Assert.Empty(Parts());
        Assert.InRange(FramesIn(Assert.Single(Directory.GetFiles(_folder["recordings"], "*Z.mp4"))), 10, 100_000);

        string[] Parts() => Directory.Exists(_folder["recordings"]) ? Directory.GetFiles(_folder["recordings"], "*.part.mp4") : [];
    }

    private RecordingSink Record(RecordingOptions options) =>
        new(new RecordingFolder(_folder.Root, 1e9, 0, _log), options, () => 10, () => null, _time, _log);

    private string[] Recordings() => [.. Directory.GetFiles(_folder.Root, "*.mp4").Order(StringComparer.Ordinal)];

    private static int FramesIn(string path) => int.Parse(Ffmpeg.Probe(path, "nb_read_frames").Split('=')[1]);

    private static void AssertTimes(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(actual, (time, n) => Assert.Equal(expected[n], time, 0.002));
    }

    private static async Task Write(RecordingSink sink, int width, int height, int number, double seconds = 0, PixelAspect? aspect = null)
    {
        using var frame = Frames.Plain(width, height, ((byte)(number * 10), 100, 50), number, seconds, aspect);
        await sink.WriteAsync(frame, frame.Pixels.Array, Cancellation);
    }
}
