using System.Diagnostics;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Boxes with addresses of their own, of which one is cut off from the others and from the store.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetPartitionTests(ITestOutputHelper output)
{
    private static readonly string[] s_names = ["a", "b", "c"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_box_that_is_cut_off_lets_go_and_its_camera_runs_elsewhere(bool keeps)
    {
        using var network = new PrivateNetwork(s_names);
        using var redis = new RedisServer("--bind", "127.0.0.1", network.Here);
        using var boxes = new Boxes("redis", $"{network.Here}:{redis.Port},password={RedisServer.Password}", """{ "Name": "gate" }, { "Name": "yard" }, { "Name": "hall" }""", network: network);
        foreach (var box in s_names)
        {
            boxes.Start(box);
        }

        var before = boxes.WaitUntil("a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 3 && s_names.All(KnowsAll));
        var keeper = boxes.Status("a")!.Value.GetProperty("keeper").GetString()!;
        var cut = keeps ? keeper : s_names.First(box => box != keeper);
        var left = s_names.First(box => box != cut);

        if (before.All(camera => camera.Box != cut))
        {
            await boxes.MoveAsync("gate", cut, at: left);
            before = boxes.WaitUntil(left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 3 && cameras.Any(c => c.Box == cut));
        }

        network.Pull(cut);
        var at = Stopwatch.GetTimestamp();
        var after = boxes.WaitUntil(left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Box != cut) == 3);
        output.WriteLine($"All cameras run on the other boxes {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after the cable was pulled; the lease is 10 s.");
        Assert.All(after, camera => Assert.Equal(before.Single(c => c.Name == camera.Name) is var was && was.Box == cut, camera.Epoch > was.Epoch));
        // From then on at the latest nothing of it leaves the box: it has said so by itself, without being reached.
        boxes[cut].WaitToSay("The fleet does not let this box keep its cameras for now");

        // It comes back, is told that it was given up, and ends to be started again; the others run on as they do.
        network.PlugIn(cut);
        var (code, _, errors) = boxes[cut].Wait();
        Assert.Equal(1, code);
        Assert.Contains("The fleet has given this box up", errors, StringComparison.Ordinal);
        boxes.WaitForSame(left, after);
        boxes.Start(cut);
        boxes.WaitUntil(left, _ => s_names.All(KnowsAll));

        bool KnowsAll(string box) => boxes.Status(box) is { } status && status.GetProperty("boxes").EnumerateArray().Count(other => other.GetProperty("state").GetString() == "up") == s_names.Length;
    }
}
