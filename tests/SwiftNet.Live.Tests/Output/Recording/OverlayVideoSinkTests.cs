using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Output.Recording;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Recording;

public sealed class OverlayVideoSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_frame_taken_is_a_frame_of_the_video_in_its_colour()
    {
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 30000 / 1001.0);
        for (var number = 0; number < 40; number++)
        {
            await Write(sink, 64, 48, Colour(number), number);
        }

        Assert.Equal(["overlay.mp4.part.mp4"], _folder.Names);
        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["overlay.mp4"], _folder.Names);
        var probe = Ffmpeg.Probe(_folder["overlay.mp4"], "codec_name,width,height,pix_fmt,nb_read_frames,avg_frame_rate,color_space");
        Assert.All(
            [
                "codec_name=h264", "width=64", "height=48", "pix_fmt=yuv420p", "nb_read_frames=40", "avg_frame_rate=30000/1001",
                "color_space=bt709",
            ],
            line => Assert.Contains(line, probe, StringComparison.Ordinal));

        var decoded = Ffmpeg.Decode(_folder["overlay.mp4"], "bgr24");
        for (var number = 0; number < 40; number++)
        {
            var (b, g, r) = Colour(number);
            var at = (number * 64 * 48 * 3) + (3 * ((24 * 64) + 32));
            Assert.InRange(decoded[at], b - 12, b + 12);
            Assert.InRange(decoded[at + 1], g - 12, g + 12);
            Assert.InRange(decoded[at + 2], r - 12, r + 12);
        }
    }

    [Fact]
    public async Task A_live_video_plays_as_fast_as_things_happened()
    {
        var timeline = new LiveTimeline(() => 25, TimeProvider.System, NullLogger.Instance);
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25, timeline);
        int[] kept = [0, 1, 5, 6, 20, 49];
        foreach (var number in kept)
        {
            await Write(sink, 64, 48, ((byte)(40 + (4 * number)), 128, 128), number, 3 + (number / 25.0));
        }

        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Contains(
            "duration=2.000000\nnb_read_frames=50\n",
            Ffmpeg.Probe(_folder["overlay.mp4"], "nb_read_frames,duration"),
            StringComparison.Ordinal);
        var decoded = Ffmpeg.Decode(_folder["overlay.mp4"], "bgr24");
        for (var picture = 0; picture < 50; picture++)
        {
            var blue = 40 + (4 * kept.Last(number => number <= picture));
            Assert.InRange(decoded[(picture * 64 * 48 * 3) + (3 * ((24 * 64) + 32))], blue - 12, blue + 12);
        }
    }

    [Fact]
    public async Task A_video_of_uneven_times_keeps_them_and_its_pixel_aspect()
    {
        double[] seconds = [0, 0.04, 0.08, 0.5, 0.5333667, 3, 3.001, 7.25];
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        for (var number = 0; number < seconds.Length; number++)
        {
            await Write(sink, 70, 48, Colour(number), number, seconds[number], PixelAspect.Of(20, 11));
        }

        await sink.CompleteAsync(TestContext.Current.CancellationToken);

        var times = Ffmpeg.Times(_folder["overlay.mp4"]);
        Assert.Equal(seconds.Length, times.Length);
        Assert.All(times, (time, n) => Assert.Equal(seconds[n], time, 0.0005));
        Assert.Contains(
            "sample_aspect_ratio=20:11\n", Ffmpeg.Probe(_folder["overlay.mp4"], "sample_aspect_ratio"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(33, 17, 34, 18)]
    [InlineData(1, 1, 2, 2)]
    public async Task Odd_sides_are_padded(int width, int height, int encodedWidth, int encodedHeight)
    {
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        await Write(sink, width, height, (200, 100, 50), 0);
        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Contains(
            $"width={encodedWidth}\nheight={encodedHeight}\n",
            Ffmpeg.Probe(_folder["overlay.mp4"], "width,height"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_child_is_reported_and_leaves_nothing_under_the_final_name()
    {
        var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        await Write(sink, 320, 240, (1, 2, 3), 0);
        var id = sink.ChildId!.Value;
        Process.GetProcessById(id).Kill();

        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var number = 1; number < 100; number++)
            {
                await Write(sink, 320, 240, (1, 2, 3), number);
            }
        });
        Assert.StartsWith("ffmpeg exited with code 137", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(async () => await sink.CompleteAsync(TestContext.Current.CancellationToken));
        await sink.DisposeAsync();
        Assert.Empty(_folder.Names);
        Assert.False(Directory.Exists($"/proc/{id}"), "the child is still there");
    }

    [Fact]
    public async Task A_child_that_hangs_is_ended_and_holds_up_nobody_any_longer()
    {
        var time = new FakeTimeProvider();
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25, time: time);
        await Write(sink, 320, 240, (1, 2, 3), 0);
        using (var stop = Process.Start("kill", ["-STOP", sink.ChildId!.Value.ToString()]))
        {
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var number = 1; ; number++)
            {
                var writing = Write(sink, 320, 240, (1, 2, 3), number);
                while (!writing.IsCompleted)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    await Task.Delay(10, TestContext.Current.CancellationToken);
                }

                await writing;
            }
        });
        Assert.Equal("ffmpeg accepted no frame for 30 s and was killed", error.Message);
        await Assert.ThrowsAsync<IOException>(() => Write(sink, 320, 240, (1, 2, 3), 1000));
    }

    [Fact]
    public async Task A_run_that_does_not_complete_leaves_the_old_video()
    {
        await File.WriteAllTextAsync(_folder["overlay.mp4"], "the one before", TestContext.Current.CancellationToken);
        var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        await Write(sink, 32, 32, (1, 2, 3), 0);
        var id = sink.ChildId!.Value;
        await sink.DisposeAsync();
        Assert.Equal(["overlay.mp4"], _folder.Names);
        Assert.Equal("the one before", await File.ReadAllTextAsync(_folder["overlay.mp4"], TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists($"/proc/{id}"), "the child is still there");
    }

    [Fact]
    public async Task What_ffmpeg_says_is_in_the_error()
    {
        Directory.CreateDirectory(_folder["overlay.mp4.part.mp4"]);
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await Write(sink, 32, 32, (1, 2, 3), 0);
            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        });
        Assert.Contains("Is a directory", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_full_disk_is_reported()
    {
        using var disk = SmallDisk.Mount(kilobytes: 64);
        await using var sink = new OverlayVideoSink(disk["overlay.mp4"], () => 25);
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            var random = new Random(1);
            using var frame = Frames.Plain(320, 240, (0, 0, 0));
            for (var number = 0; number < 30; number++)
            {
                random.NextBytes(frame.Pixels.Array);
                await sink.WriteAsync(frame, frame.Pixels.Array, TestContext.Current.CancellationToken);
            }

            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        });
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(disk["overlay.mp4"]));
    }

    [Fact]
    public async Task Frames_of_another_size_are_refused_and_the_video_goes_on()
    {
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        await Write(sink, 32, 32, (1, 2, 3), 0);
        await Assert.ThrowsAsync<IOException>(() => Write(sink, 64, 32, (1, 2, 3), 1));
        await Write(sink, 32, 32, (1, 2, 3), 2);
        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Contains("nb_read_frames=2", Ffmpeg.Probe(_folder["overlay.mp4"], "nb_read_frames"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_frames_there_is_no_video()
    {
        await using var sink = new OverlayVideoSink(_folder["overlay.mp4"], () => 25);
        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Without_ffmpeg_the_command_that_installs_it_is_told()
    {
        var error = Assert.Throws<UserErrorException>(
            () => new OverlayVideoSink(_folder["overlay.mp4"], () => 25, searchPath: _folder.Root));
        Assert.Contains("apt-get install -y ffmpeg", error.Message, StringComparison.Ordinal);
    }

    private static (byte B, byte G, byte R) Colour(int number) =>
        ((byte)(40 + (4 * number)), (byte)(200 - (3 * number)), (byte)(number % 2 == 0 ? 60 : 180));

    private static async Task Write(
        OverlayVideoSink sink,
        int width,
        int height,
        (byte B, byte G, byte R) colour,
        int number,
        double seconds = 0,
        PixelAspect? aspect = null)
    {
        using var frame = Frames.Plain(width, height, colour, number, seconds, aspect);
        await sink.WriteAsync(frame, frame.Pixels.Array, TestContext.Current.CancellationToken);
    }
}
