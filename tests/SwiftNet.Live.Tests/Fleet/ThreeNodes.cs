using System.Text.Json;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>
/// Three nodes with a real Redis and a real broker, started once for all tests of a class; the clock of one is ten minutes ahead. Each test
/// finds the fleet whole: what
/// the one before has ended is started again.
/// </summary>
public sealed class ThreeNodes : IDisposable
{
    private const string Cameras = """{ "Name": "gate" }, { "Name": "yard" }, { "Name": "hall" }""";
    private static readonly string[] s_names = ["a", "b", "c"];
    private RedisServer? _redis;
    private Broker? _broker;
    private Subscriber? _subscriber;
    private Nodes? _nodes;

    /// <summary>The names of the nodes.</summary>
    public static IReadOnlyCollection<string> Names => s_names;

    internal RedisServer Redis => _redis!;

    internal Subscriber Heard => _subscriber!;

    internal Nodes Nodes => _nodes!;

    /// <summary>Waits until all nodes are there and each runs one camera, of which more than one snapshot is kept.</summary>
    internal async Task<FleetCamera[]> WholeAsync()
    {
        if (_nodes is null)
        {
            _redis = new RedisServer();
            _broker = Broker.Open();
            _broker.Start();
            _subscriber = await Subscriber.To(_broker);
            _nodes = new Nodes("redis", _redis.Connection, Cameras);
        }

        foreach (var node in s_names.Where(node => !_nodes.Runs(node)))
        {
            _nodes.Start(node, node == "a" ? TenMinutesAhead() : null, $"--Output:Mqtt:Host=127.0.0.1 --Output:Mqtt:Port={_broker!.Port} --Output:Mqtt:StateSeconds=0.1 --Output:Recording:Enabled=true".Split(' '));
        }

        _nodes.WaitUntil("a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 3 && Names.All(KnowsAll));

        // Nodes come one after the other, and the first may have all: then they are moved, as a person would.
        while (_nodes.Running("a").ToLookup(camera => camera.Node!) is var shares
            && Names.FirstOrDefault(node => !shares.Contains(node)) is { } empty)
        {
            var camera = shares.MaxBy(share => share.Count())!.First();
            await _nodes.MoveAsync(camera.Name, empty, at: "b");
            _nodes.WaitUntil("c", cameras => cameras.Any(c => c is { State: "running" } && c.Name == camera.Name && c.Node == empty));
        }

        var now = _nodes.WaitUntil("a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 3);
        foreach (var camera in now)
        {
            await UntilAsync(
                async () => (await KeptAsync(camera.Name)).Count(kept => kept?.Epoch == camera.Epoch) == 2,
                $"No snapshots of {camera} are kept.");
        }

        return now;
    }

    /// <summary>The node that keeps the fleet.</summary>
    internal string Coordinator() => Nodes.Status("a")!.Value.GetProperty("keeper").GetString()!;

    /// <summary>Changes one byte of a camera's newest snapshot in the store.</summary>
    internal async Task SpoilNewestAsync(string camera)
    {
        await using var store = Store();
        var kept = await KeptAsync(camera);
        var newest = kept[0]!.Count > kept[1]!.Count ? 0 : 1;
        var bytes = (await store.GetAsync(SnapshotSlots.KeyOf(camera, newest)))!;
        bytes[^1] ^= 1;
        Assert.True(await store.PutAsync(SnapshotSlots.KeyOf(camera, newest), bytes, SnapshotSlots.EpochOf(camera), kept[newest]!.Epoch));
    }

    /// <summary>Waits for a message about a camera of this activation or a later one.</summary>
    internal string WaitForState(string camera, long epoch)
    {
        var topic = $"swiftnet-live/{camera}/state";
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                    Pause()
                        && Heard.On(topic) is [.., var last]
                        && EpochOf(last) >= epoch
                        && last.Contains("\"id\":2", StringComparison.Ordinal),
                TimeSpan.FromMinutes(2)),
            $"{topic} does not come to {epoch}");
        return Heard.On(topic)[^1];
    }

    /// <summary>Holds that at the broker no activation of a camera has said anything after a later one had.</summary>
    internal void AssertInOrder(string camera)
    {
        var epochs = Heard.On($"swiftnet-live/{camera}/state").Select(EpochOf).ToArray();
        Assert.NotEmpty(epochs);
        Assert.All(epochs, epoch => Assert.True(epoch > 0));
        Assert.Equal(epochs.Order(), epochs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _nodes?.Dispose();
        _subscriber?.Dispose();
        _broker?.Dispose();
        _redis?.Dispose();
    }

    internal static async Task UntilAsync(Func<Task<bool>> done, string otherwise)
    {
        for (var left = 600; !await done(); left--)
        {
            Assert.True(left > 0, otherwise);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What a process's clock is ten minutes ahead by. The monotonic clock is left alone, as the one of a real machine is; so are
    /// waits by it, which faketime 0.9.10 ends at once without its last setting here.</summary>
    internal static Dictionary<string, string?> TenMinutesAhead()
    {
        // Not by a search of all of /usr/lib: some packages' links lead back to above themselves.
        var library = Directory.GetDirectories("/usr/lib")
            .Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1"))
            .FirstOrDefault(File.Exists);
        if (library is null)
        {
            Assert.Skip("needs faketime: sudo apt-get install -y faketime");
        }

        return new()
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME"] = "+10m",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
    }

    private bool KnowsAll(string node) =>
        Nodes.Status(node) is { } status
            && status.GetProperty("boxes").EnumerateArray().Count(other => other.GetProperty("state").GetString() == "up") == Names.Count;

    private async Task<ChecksummedSnapshot?[]> KeptAsync(string camera)
    {
        await using var store = Store();
        return [await At(0), await At(1)];

        async Task<ChecksummedSnapshot?> At(int place) =>
            await store.GetAsync(SnapshotSlots.KeyOf(camera, place)) is { } framed ? ChecksummedSnapshot.Parse(framed) : null;
    }

    private RedisStore Store() => new(Redis.Connection, "swiftnet-live/tests");

    private static bool Pause()
    {
        Thread.Sleep(20);
        return true;
    }

    private static long EpochOf(string message) => JsonElement.Parse(message).GetProperty("epoch").GetInt64();
}
