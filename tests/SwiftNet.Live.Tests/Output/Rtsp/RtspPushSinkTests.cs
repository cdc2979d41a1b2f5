using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Output.Rtsp;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Rtsp;

public sealed class RtspPushSinkTests
{
    private readonly FakeTimeProvider _time = new();
    private int _number;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none", "")]
    [InlineData("basic", "someone:hunter2%3A%40%2F@")]
    [InlineData("digest", "someone:hunter2%3A%40%2F@")]
    public async Task What_is_pushed_arrives_and_no_password_is_in_the_list_of_processes(string auth, string user)
    {
        using var server = new MediaServer(auth);
        server.Start();
        await using var sink = Push(server, user);
        await PushUntil(sink, () => server.Bytes > 20_000);
        Assert.DoesNotContain(
            "hunter2", await File.ReadAllTextAsync($"/proc/{sink.ChildId}/cmdline", Cancellation), StringComparison.Ordinal);
        await sink.CompleteAsync(Cancellation);

        Assert.Contains(
            "codec_name=h264\nwidth=160\nsample_aspect_ratio=20:11\n",
            Ffmpeg.Probe(server.Recording, "codec_name,width,sample_aspect_ratio"),
            StringComparison.Ordinal);
        Assert.InRange(Ffmpeg.Decode(server.Recording, "bgr24")[0], 190, 210);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_and_gets_the_stream_when_it_is_there()
    {
        using var server = new MediaServer();
        await using var sink = Push(server, "someone:hunter2@");
        var error = await Fail(sink);
        Assert.Contains("refused", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.Equal(error, (await Assert.ThrowsAsync<IOException>(() => Write(sink))).Message);
        Assert.Null(sink.ChildId);

        server.Start();
        _time.Advance(TimeSpan.FromMinutes(2));
        await PushUntil(sink, () => server.Bytes > 5000);
        await Write(sink);

        server.Kill();
        await Fail(sink);
        server.Start();
        _time.Advance(TimeSpan.FromMinutes(3));
        await PushUntil(sink, () => server.Bytes > 5000);
    }

    [Fact]
    public async Task A_wrong_password_waits_for_a_minute_at_least()
    {
        using var server = new MediaServer("digest");
        server.Start();
        await using var sink = Push(server, "someone:hunter3@");
        Assert.Contains("401", await Fail(sink), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(50));
        await Assert.ThrowsAsync<IOException>(() => Write(sink));
        Assert.Null(sink.ChildId);
    }

    [Fact]
    public async Task A_child_that_hangs_is_ended()
    {
        using var server = new MediaServer();
        server.Start();
        await using var sink = Push(server, "");
        await Write(sink);
        using (var stop = Process.Start("kill", ["-STOP", sink.ChildId!.Value.ToString()]))
        {
            await stop.WaitForExitAsync(Cancellation);
        }

        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                var writing = Write(sink);
                while (!writing.IsCompleted)
                {
                    _time.Advance(TimeSpan.FromSeconds(1));
                    await Task.Delay(10, Cancellation);
                }

                await writing;
            }
        });
        Assert.Equal("ffmpeg accepted no frame for 10 s and was killed", error.Message);
    }

    private RtspPushSink Push(MediaServer server, string user) => new($"rtsp://{user}127.0.0.1:{server.Port}/live", () => 25, _time);

    private async Task Write(RtspPushSink sink)
    {
        using var frame = Frames.Plain(160, 96, (200, 100, 50), _number++, aspect: PixelAspect.Of(20, 11));

        // Something to encode, in the lower half.
        new Random(_number).NextBytes(frame.Pixels.Array.AsSpan(frame.Pixels.Array.Length / 2));

        await sink.WriteAsync(frame, frame.Pixels.Array, Cancellation);
    }

    private async Task PushUntil(RtspPushSink sink, Func<bool> done)
    {
        for (var start = TimeProvider.System.GetTimestamp(); !done();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2), "Nothing came to the server.");
            try
            {
                await Write(sink);
            }
            catch (IOException) when (sink.ChildId is not null)
            {
                // The server has not accepted the stream yet.
            }

            await Task.Delay(30, Cancellation);
        }
    }

    private async Task<string> Fail(RtspPushSink sink) => (await Assert.ThrowsAsync<IOException>(async () =>
    {
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2);)
        {
            await Write(sink);
            await Task.Delay(10, Cancellation);
        }
    })).Message;
}
