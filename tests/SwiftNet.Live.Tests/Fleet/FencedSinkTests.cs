using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Output.Mqtt;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Sinks that are given something by an activation that has been succeeded, or whose right has run out.</summary>
public sealed class FencedSinkTests
{
    private readonly WarningLog _log = new();

    [Fact]
    public async Task At_the_broker_a_stale_activation_says_nothing_more()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        await using var old = Mqtt(broker, new CameraLease(7, () => true));
        await WriteUntil(old, () => subscriber.On("site/yard/state").Length > 2);
        Assert.Contains("\"camera\":\"yard\",\"epoch\":7,", subscriber.On("site/yard/state")[0], StringComparison.Ordinal);

        await using var newer = Mqtt(broker, new CameraLease(8, () => true));
        await WriteUntil(
            newer, () => subscriber.On("site/yard/state").Any(state => state.Contains("\"epoch\":8", StringComparison.Ordinal)));
        await WriteUntil(old, () => old.OwnCounters.Failed > 0);
        var said = Of(subscriber, 7);
        await WriteUntil(old, () => old.OwnCounters.Failed > 3);
        Assert.Equal(said, Of(subscriber, 7));
        Assert.Equal("the newer activation 8 of the camera is publishing; this is 7", old.OwnCounters.LastError);

        // One that comes late, too.
        await using var late = Mqtt(broker, new CameraLease(6, () => true));
        await WriteUntil(late, () => late.OwnCounters.Failed > 0);
        Assert.Equal(0, Of(subscriber, 6));
        Assert.Contains("8", subscriber.On("site/yard/epoch"));
    }

    [Fact]
    public async Task An_activation_whose_right_has_run_out_says_nothing_until_it_is_back()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        var holds = true;
        await using var sink = Mqtt(broker, new CameraLease(7, () => Volatile.Read(ref holds)));
        await WriteUntil(sink, () => subscriber.On("site/yard/state").Length > 0);

        Volatile.Write(ref holds, false);
        await WriteUntil(sink, () => sink.OwnCounters.Failed > 3);
        Assert.Equal(CameraLease.RanOut, sink.OwnCounters.LastError);
        var said = subscriber.On("site/yard/state").Length;

        Volatile.Write(ref holds, true);
        await WriteUntil(sink, () => subscriber.On("site/yard/state").Length > said);
    }

    [Fact]
    public void Recordings_tell_their_activation_and_the_folder_belongs_to_the_newest()
    {
        using var folder = new TemporaryFolder();
        using var old = new RecordingFolder(folder.Root, 1e9, 0, _log, new CameraLease(7, () => true));
        Assert.EndsWith(
            "2026-03-01T10-00-00.000Z-e7.mp4",
            old.Next(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero)).Path,
            StringComparison.Ordinal);

        using var newer = new RecordingFolder(folder.Root, 1e9, 0, _log, new CameraLease(8, () => true));
        var error = Assert.Throws<IOException>(() => old.Next(DateTimeOffset.UtcNow));
        Assert.Equal($"the newer activation 8 of the camera writes to {folder.Root}; this is 7", error.Message);
        Assert.Throws<IOException>(() => old.MakeRoom(current: null));
        newer.MakeRoom(current: null);

        // The files of both are the folder's own.
        File.WriteAllBytes(folder["2026-03-01T10-00-00.000Z-e7.mp4"], new byte[600]);
        File.WriteAllBytes(folder["2026-03-01T10-10-00.000Z-e8.mp4"], new byte[600]);
        using var small = new RecordingFolder(folder.Root, 1000, 0, _log, new CameraLease(9, () => true));
        small.MakeRoom(current: null);
        Assert.Equal([".epoch", "2026-03-01T10-10-00.000Z-e8.mp4"], folder.Names);
    }

    private MqttSink Mqtt(Broker broker, CameraLease lease) => new(
        new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Topic = "site", StateSeconds = 0.001 }, new EventsOptions(), "yard",
        TimeProvider.System, _log, lease: lease);

    private static int Of(Subscriber subscriber, long epoch) =>
        subscriber.On("site/yard/state").Count(state => state.Contains($"\"epoch\":{epoch},", StringComparison.Ordinal));

    private static async Task WriteUntil(MqttSink sink, Func<bool> done)
    {
        for (var number = 0; !done(); number++)
        {
            Assert.True(number < 6000, "It did not come to that.");
            using var frame = Frames.Plain(16, 16, (0, 0, 0), number);
            await sink.WriteAsync(frame, frame.Pixels.Array, TestContext.Current.CancellationToken);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
