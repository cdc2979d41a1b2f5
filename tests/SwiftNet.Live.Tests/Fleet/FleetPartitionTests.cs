using System.Diagnostics;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Nodes with addresses of their own, of which one is cut off from the others and from the store.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetPartitionTests(ITestOutputHelper output)
{
    private static readonly string[] s_names = ["a", "b", "c"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_is_cut_off_lets_go_and_its_camera_runs_elsewhere(bool keeps)
    {
        using var network = new PrivateNetwork(s_names);
        using var redis = new RedisServer("--bind", "127.0.0.1", network.Here);
        using var nodes = new Nodes(
            "redis",
            $"{network.Here}:{redis.Port},password={RedisServer.Password}",
            """{ "Name": "gate" }, { "Name": "yard" }, { "Name": "hall" }""",
            network: network);
        foreach (var node in s_names)
        {
            nodes.Start(node);
        }

        var before = nodes.WaitUntil(
            "a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 3 && s_names.All(KnowsAll));
        var coordinator = nodes.Status("a")!.Value.GetProperty("keeper").GetString()!;
        var cut = keeps ? coordinator : s_names.First(node => node != coordinator);
        var left = s_names.First(node => node != cut);

        if (before.All(camera => camera.Node != cut))
        {
            await nodes.MoveAsync("gate", cut, at: left);
            before = nodes.WaitUntil(
                left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 3 && cameras.Any(c => c.Node == cut));
        }

        network.Pull(cut);
        var at = Stopwatch.GetTimestamp();
        var after = nodes.WaitUntil(left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Node != cut) == 3);
        output.WriteLine(
            $"All cameras run on the other nodes {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after the cable "
                + "was pulled; the lease is 10 s.");
        Assert.All(
            after,
            camera => Assert.Equal(before.Single(c => c.Name == camera.Name) is var was && was.Node == cut, camera.Epoch > was.Epoch));
        // From then on at the latest nothing of it leaves the node: it has said so by itself, without being reached.
        nodes[cut].WaitToSay("The lease of this node was not renewed");

        // The node comes back, learns that it was evicted, and ends to be started again; the others run on as they do.
        network.PlugIn(cut);
        var (code, _, errors) = nodes[cut].Wait();
        Assert.Equal(1, code);
        Assert.Contains("The fleet evicted this node", errors, StringComparison.Ordinal);
        nodes.WaitForSame(left, after);
        nodes.Start(cut);
        nodes.WaitUntil(left, _ => s_names.All(KnowsAll));

        bool KnowsAll(string node) =>
            nodes.Status(node) is { } status
                && status
                    .GetProperty("boxes")
                    .EnumerateArray()
                    .Count(other => other.GetProperty("state").GetString() == "up") == s_names.Length;
    }
}
