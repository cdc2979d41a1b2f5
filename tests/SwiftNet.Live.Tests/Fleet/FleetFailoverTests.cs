using System.Diagnostics;
using System.Text.Json;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>What happens to cameras when nodes are killed, stopped and frozen, and when the store is gone, while the clock of one node is
/// ten minutes ahead.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetFailoverTests(ThreeNodes fleet, ITestOutputHelper output) : IClassFixture<ThreeNodes>
{
    [Fact]
    public async Task Cameras_of_a_killed_node_go_on_elsewhere_from_the_newest_snapshot_that_is_sound()
    {
        var before = await fleet.WholeAsync();
        var (nodes, victim) = (fleet.Nodes, fleet.Coordinator());
        var (lost, left) = (before.Single(c => c.Node == victim), ThreeNodes.Names.First(node => node != victim));
        var followed = ObjectsOf(fleet.WaitForState(lost.Name, lost.Epoch));

        // No farewell, no last snapshot, and the newest that is there is spoilt.
        nodes[victim].Signal(19);
        await fleet.SpoilNewestAsync(lost.Name);
        nodes[victim].Signal(9);
        var at = Stopwatch.GetTimestamp();
        var after = nodes.WaitUntil(
            left,
            cameras =>
                cameras.Count(c => c is { State: "running", Objects: 2 } && c.Node != victim) == 3
                    && cameras.Any(c => c.Name == lost.Name && c.ResumedFrom > 0));
        output.WriteLine(
            $"The camera of the node that kept the fleet runs elsewhere {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after it was "
                + "killed; the lease is 10 s.");

        var now = after.Single(c => c.Name == lost.Name);
        Assert.True(now.Epoch > lost.Epoch && now.ResumedFrom == lost.Epoch, $"{now} after {lost}");
        Assert.Contains(
            $"A snapshot of camera {lost.Name} in the store is damaged; the previous snapshot is used",
            nodes[now.Node!].Said,
            StringComparison.Ordinal);
        Assert.Equal(
            before.Where(c => c != lost).Select(c => (c.Name, c.Node, c.Epoch)),
            after.Where(c => c.Name != lost.Name).Select(c => (c.Name, c.Node, c.Epoch)));

        // The same objects where they were; and at the broker no activation speaks once a later one has.
        Assert.Equal(followed, ObjectsOf(fleet.WaitForState(lost.Name, now.Epoch)));
        Assert.All(after, camera => fleet.AssertInOrder(camera.Name));
        fleet.Heard.WaitFor($"swiftnet-live/{lost.Name}/status", "online");
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_hands_its_cameras_over_first()
    {
        var before = await fleet.WholeAsync();
        var nodes = fleet.Nodes;
        var (moved, left) = (before.Single(c => c.Node == "b"), "c");
        var topic = $"swiftnet-live/{moved.Name}/state";
        fleet.WaitForState(moved.Name, moved.Epoch);
        var heard = fleet.Heard.On(topic).Length;

        nodes["b"].Terminate();
        Assert.Equal(0, nodes["b"].Wait().Code);
        var after = nodes.WaitUntil(
            left,
            cameras =>
                cameras.Count(c => c is { State: "running", Objects: 2 } && c.Node != "b") == 3
                    && cameras.Any(c => c.Name == moved.Name && c.ResumedFrom > 0));
        var now = after.Single(c => c.Name == moved.Name);
        fleet.WaitForState(moved.Name, now.Epoch);
        fleet.Heard.WaitFor(topic, fleet.Heard.On(topic).Length + 3);

        var pause = fleet.Heard.LongestPause(topic, heard - 1);
        output.WriteLine($"The camera of the node that was stopped stood still for {pause.TotalSeconds:0.00} s.");
        Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(moved.Epoch, now.ResumedFrom);
        Assert.Equal(
            before.Where(c => c != moved).Select(c => (c.Name, c.Node, c.Epoch)),
            after.Where(c => c.Name != moved.Name).Select(c => (c.Name, c.Node, c.Epoch)));
        fleet.AssertInOrder(moved.Name);
    }

    [Fact]
    public async Task A_frozen_node_has_let_go_when_it_goes_on()
    {
        var before = await fleet.WholeAsync();
        var (nodes, frozen) = (fleet.Nodes, fleet.Coordinator());
        var (lost, left) = (before.Single(c => c.Node == frozen), ThreeNodes.Names.First(node => node != frozen));

        nodes[frozen].Signal(19);
        var at = Stopwatch.GetTimestamp();
        var after = nodes.WaitUntil(
            left,
            cameras =>
                cameras.Count(c => c is { State: "running", Objects: 2 } && c.Node != frozen) == 3
                    && cameras.Any(c => c.Name == lost.Name && c.ResumedFrom > 0));
        output.WriteLine(
            $"The camera of the node that kept the fleet runs elsewhere {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after it was "
                + "frozen; the lease is 10 s.");
        var now = after.Single(c => c.Name == lost.Name);
        Assert.True(now.Epoch > lost.Epoch && now.ResumedFrom == lost.Epoch, $"{now} after {lost}");
        fleet.WaitForState(now.Name, now.Epoch);

        var rest = TimeSpan.FromSeconds(30) - Stopwatch.GetElapsedTime(at);
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, TestContext.Current.CancellationToken);

        // It goes on, finds out that it was given up, and ends to be started again; of its activation nothing more was heard.
        nodes[frozen].Signal(18);
        var (code, _, errors) = nodes[frozen].Wait();
        Assert.Equal(1, code);
        Assert.Contains("The fleet evicted this node because it did not respond", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(
            frozen, nodes.Status(left)!.Value.GetProperty("boxes").EnumerateArray().Select(node => node.GetProperty("name").GetString()));
        var topic = $"swiftnet-live/{now.Name}/state";
        fleet.Heard.WaitFor(topic, fleet.Heard.On(topic).Length + 10);
        fleet.AssertInOrder(now.Name);
        nodes.WaitForSame(left, after);

        // The last will of the frozen node is not the final state, and recordings name their node.
        fleet.Heard.WaitFor($"swiftnet-live/{now.Name}/status", "online");
        var recordings = Path.Combine(nodes.Output, now.Name, "recordings");
        Assert.Contains(Directory.GetFiles(recordings, "*.mp4"), file => file.Contains($"-e{now.Epoch}", StringComparison.Ordinal));
        Assert.Equal(
            $"{now.Epoch}", await File.ReadAllTextAsync(Path.Combine(recordings, ".epoch"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cameras_run_on_without_the_store_and_nothing_is_doubled_when_it_is_back()
    {
        var before = await fleet.WholeAsync();
        var nodes = fleet.Nodes;

        fleet.Redis.Stop();
        nodes.WaitUntil(
            "a",
            _ =>
                nodes.Status("a") is { } status
                    && !HasStore(status)
                    && status.GetProperty("boxes").EnumerateArray().All(node => !HasStore(node)));
        // Longer than the leases last that the store had a part in.
        await Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        HearMore(30);
        nodes.WaitForSame("a", before);

        fleet.Redis.Start();
        nodes.WaitUntil(
            "b", _ => nodes.Status("b") is { } status && HasStore(status) && status.GetProperty("boxes").EnumerateArray().All(HasStore));
        HearMore(30);
        nodes.WaitForSame("c", before);
        Assert.All(before, camera => fleet.AssertInOrder(camera.Name));

        void HearMore(int count) =>
            Assert.All(
                before
                    .Select(camera => ($"swiftnet-live/{camera.Name}/state", fleet.Heard.On($"swiftnet-live/{camera.Name}/state").Length))
                    .ToArray(),
                of => fleet.Heard.WaitFor(of.Item1, of.Length + count));
    }

    private static bool HasStore(JsonElement of) => of.GetProperty("has_store").GetBoolean();

    private static (int Id, string Box)[] ObjectsOf(string state) =>
    [
        .. JsonElement.Parse(state)
            .GetProperty("objects")
            .EnumerateArray()
            .Select(o => (o.GetProperty("id").GetInt32(), $"{o.GetProperty("box")}")),
    ];
}

/// <summary>These start several processes each: one at a time is enough.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FleetCollection
{
    public const string Name = "fleet";
}
