using System.Diagnostics;
using System.Text.Json;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>What happens to cameras when boxes are killed, stopped and frozen, and when the store is gone, while the clock of one box is ten minutes ahead.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetFailoverTests(ThreeBoxes fleet, ITestOutputHelper output) : IClassFixture<ThreeBoxes>
{
    [Fact]
    public async Task Cameras_of_a_killed_box_go_on_elsewhere_from_the_newest_snapshot_that_is_sound()
    {
        var before = await fleet.WholeAsync();
        var (boxes, victim) = (fleet.Boxes, fleet.Keeper());
        var (lost, left) = (before.Single(c => c.Box == victim), ThreeBoxes.Names.First(box => box != victim));
        var followed = ObjectsOf(fleet.WaitForState(lost.Name, lost.Epoch));

        // No farewell, no last snapshot, and the newest that is there is spoilt.
        boxes[victim].Signal(19);
        await fleet.SpoilNewestAsync(lost.Name);
        boxes[victim].Signal(9);
        var at = Stopwatch.GetTimestamp();
        var after = boxes.WaitUntil(left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Box != victim) == 3 && cameras.Any(c => c.Name == lost.Name && c.ResumedFrom > 0));
        output.WriteLine($"The camera of the box that kept the fleet runs elsewhere {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after it was killed; the lease is 10 s.");

        var now = after.Single(c => c.Name == lost.Name);
        Assert.True(now.Epoch > lost.Epoch && now.ResumedFrom == lost.Epoch, $"{now} after {lost}");
        Assert.Contains($"A snapshot of camera {lost.Name} is spoilt in the store; the one before it is taken", boxes[now.Box!].Said, StringComparison.Ordinal);
        Assert.Equal(before.Where(c => c != lost).Select(c => (c.Name, c.Box, c.Epoch)), after.Where(c => c.Name != lost.Name).Select(c => (c.Name, c.Box, c.Epoch)));

        // The same objects where they were; and at the broker no activation speaks once a later one has.
        Assert.Equal(followed, ObjectsOf(fleet.WaitForState(lost.Name, now.Epoch)));
        Assert.All(after, camera => fleet.AssertInOrder(camera.Name));
        fleet.Heard.WaitFor($"swiftnet-live/{lost.Name}/status", "online");
    }

    [Fact]
    public async Task A_box_that_is_told_to_stop_hands_its_cameras_over_first()
    {
        var before = await fleet.WholeAsync();
        var boxes = fleet.Boxes;
        var (moved, left) = (before.Single(c => c.Box == "b"), "c");
        var topic = $"swiftnet-live/{moved.Name}/state";
        fleet.WaitForState(moved.Name, moved.Epoch);
        var heard = fleet.Heard.On(topic).Length;

        boxes["b"].Terminate();
        Assert.Equal(0, boxes["b"].Wait().Code);
        var after = boxes.WaitUntil(left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Box != "b") == 3 && cameras.Any(c => c.Name == moved.Name && c.ResumedFrom > 0));
        var now = after.Single(c => c.Name == moved.Name);
        fleet.WaitForState(moved.Name, now.Epoch);
        fleet.Heard.WaitFor(topic, fleet.Heard.On(topic).Length + 3);

        var pause = fleet.Heard.LongestPause(topic, heard - 1);
        output.WriteLine($"The camera of the box that was stopped stood still for {pause.TotalSeconds:0.00} s.");
        Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(moved.Epoch, now.ResumedFrom);
        Assert.Equal(before.Where(c => c != moved).Select(c => (c.Name, c.Box, c.Epoch)), after.Where(c => c.Name != moved.Name).Select(c => (c.Name, c.Box, c.Epoch)));
        fleet.AssertInOrder(moved.Name);
    }

    [Fact]
    public async Task A_frozen_box_has_let_go_when_it_goes_on()
    {
        var before = await fleet.WholeAsync();
        var (boxes, frozen) = (fleet.Boxes, fleet.Keeper());
        var (lost, left) = (before.Single(c => c.Box == frozen), ThreeBoxes.Names.First(box => box != frozen));

        boxes[frozen].Signal(19);
        var at = Stopwatch.GetTimestamp();
        var after = boxes.WaitUntil(left, cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Box != frozen) == 3 && cameras.Any(c => c.Name == lost.Name && c.ResumedFrom > 0));
        output.WriteLine($"The camera of the box that kept the fleet runs elsewhere {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after it was frozen; the lease is 10 s.");
        var now = after.Single(c => c.Name == lost.Name);
        Assert.True(now.Epoch > lost.Epoch && now.ResumedFrom == lost.Epoch, $"{now} after {lost}");
        fleet.WaitForState(now.Name, now.Epoch);

        var rest = TimeSpan.FromSeconds(30) - Stopwatch.GetElapsedTime(at);
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, TestContext.Current.CancellationToken);

        // It goes on, finds out that it was given up, and ends to be started again; of its activation nothing more was heard.
        boxes[frozen].Signal(18);
        var (code, _, errors) = boxes[frozen].Wait();
        Assert.Equal(1, code);
        Assert.Contains("The fleet has given this box up, since it stood still", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(frozen, boxes.Status(left)!.Value.GetProperty("boxes").EnumerateArray().Select(box => box.GetProperty("name").GetString()));
        var topic = $"swiftnet-live/{now.Name}/state";
        fleet.Heard.WaitFor(topic, fleet.Heard.On(topic).Length + 10);
        fleet.AssertInOrder(now.Name);
        boxes.WaitForSame(left, after);

        // The last will of the frozen one has not the last word, and recordings tell whose they are.
        fleet.Heard.WaitFor($"swiftnet-live/{now.Name}/status", "online");
        var recordings = Path.Combine(boxes.Output, now.Name, "recordings");
        Assert.Contains(Directory.GetFiles(recordings, "*.mp4"), file => file.Contains($"-e{now.Epoch}", StringComparison.Ordinal));
        Assert.Equal($"{now.Epoch}", await File.ReadAllTextAsync(Path.Combine(recordings, ".epoch"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cameras_run_on_without_the_store_and_nothing_is_doubled_when_it_is_back()
    {
        var before = await fleet.WholeAsync();
        var boxes = fleet.Boxes;

        fleet.Redis.Stop();
        boxes.WaitUntil("a", _ => boxes.Status("a") is { } status && !HasStore(status) && status.GetProperty("boxes").EnumerateArray().All(box => !HasStore(box)));
        // Longer than the leases last that the store had a part in.
        await Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        HearMore(30);
        boxes.WaitForSame("a", before);

        fleet.Redis.Start();
        boxes.WaitUntil("b", _ => boxes.Status("b") is { } status && HasStore(status) && status.GetProperty("boxes").EnumerateArray().All(HasStore));
        HearMore(30);
        boxes.WaitForSame("c", before);
        Assert.All(before, camera => fleet.AssertInOrder(camera.Name));

        void HearMore(int count) => Assert.All(before.Select(camera => ($"swiftnet-live/{camera.Name}/state", fleet.Heard.On($"swiftnet-live/{camera.Name}/state").Length)).ToArray(), of => fleet.Heard.WaitFor(of.Item1, of.Length + count));
    }

    private static bool HasStore(JsonElement of) => of.GetProperty("has_store").GetBoolean();

    private static (int Id, string Box)[] ObjectsOf(string state) => [.. JsonElement.Parse(state).GetProperty("objects").EnumerateArray().Select(o => (o.GetProperty("id").GetInt32(), $"{o.GetProperty("box")}"))];
}

/// <summary>These start several processes each: one at a time is enough.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FleetCollection
{
    public const string Name = "fleet";
}
