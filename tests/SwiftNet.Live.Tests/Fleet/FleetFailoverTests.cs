using System.Text.Json;
using SwiftNet.Live.Tests.Output;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Real boxes with a real Redis and a real broker: what happens to cameras when boxes are stopped, killed and frozen.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetFailoverTests
{
    private const string Cameras = """{ "Name": "gate" }, { "Name": "yard" }, { "Name": "hall" }, { "Name": "roof" }, { "Name": "door" }, { "Name": "lane" }""";

    [Fact(Explicit = true)]
    public async Task Cameras_of_a_killed_and_of_a_stopped_box_go_on_elsewhere_with_the_same_objects()
    {
        using var redis = new RedisServer();
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        using var boxes = new Boxes(redis, Cameras);
        var mqtt = $"--Output:Mqtt:Host=127.0.0.1 --Output:Mqtt:Port={broker.Port} --Output:Mqtt:StateSeconds=0.1".Split(' ');
        boxes.Start("a", null, mqtt);
        boxes.Start("b", null, mqtt);
        boxes.Start("c", null, mqtt);

        // Shared out by what each has left, so that none is without; all tell the same.
        var before = boxes.WaitUntil("a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 6 && HaveAll(boxes, "b", "c"));
        EvenOut(boxes);
        before = boxes.WaitUntil("b", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 6 && Count(cameras) is [2, 2, 2]);
        var state = JsonElement.Parse(WaitForState(subscriber, "gate")).GetProperty("objects").EnumerateArray().Select(o => (o.GetProperty("id").GetInt32(), $"{o.GetProperty("box")}")).ToArray();

        // Killed: no farewell, no last snapshot.
        var victim = before.First(c => c.Name == "gate").Box!;
        var left = new[] { "a", "b", "c" }.Where(box => box != victim).ToArray();
        boxes[victim].Signal(9);
        var after = boxes.WaitUntil(left[0], cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Box != victim) == 6);
        Assert.All(before.Where(c => c.Box == victim), gone => Assert.True(after.First(c => c.Name == gone.Name) is { } now && now.Epoch > gone.Epoch && now.ResumedFrom == gone.Epoch, $"{after.First(c => c.Name == gone.Name)} after {gone}"));
        Assert.All(before.Where(c => c.Box != victim), kept => Assert.Equal((kept.Box, kept.Epoch), after.Where(c => c.Name == kept.Name).Select(c => (c.Box, c.Epoch)).Single()));

        // Told to stop: its cameras go first, it ends well, and nothing is lost of what they follow.
        boxes[left[1]].Terminate();
        Assert.Equal(0, boxes[left[1]].Wait().Code);
        var last = boxes.WaitUntil(left[0], cameras => cameras.Count(c => c is { State: "running", Objects: 2 } && c.Box == left[0]) == 6);
        Assert.All(after.Where(c => c.Box == left[1]), moved => Assert.Equal(moved.Epoch, last.First(c => c.Name == moved.Name).ResumedFrom));

        // The same ids where they were; and at the broker no activation speaks once a later one has.
        Assert.Equal(state, JsonElement.Parse(WaitForState(subscriber, "gate", last.First(c => c.Name == "gate").Epoch)).GetProperty("objects").EnumerateArray().Select(o => (o.GetProperty("id").GetInt32(), $"{o.GetProperty("box")}")).ToArray());
        Assert.All(last, camera => AssertInOrder(subscriber, camera.Name));
        subscriber.WaitFor("swiftnet-live/gate/status", "online");
    }

    [Fact(Explicit = true)]
    public async Task A_frozen_box_has_let_go_when_it_goes_on()
    {
        using var redis = new RedisServer();
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        using var boxes = new Boxes(redis, """{ "Name": "gate", "Output": { "Recording": { "Enabled": true } } }""");
        var mqtt = $"--Output:Mqtt:Host=127.0.0.1 --Output:Mqtt:Port={broker.Port} --Output:Mqtt:StateSeconds=0.1".Split(' ');
        boxes.Start("a", null, mqtt);
        boxes.Start("b", null, mqtt);
        var before = boxes.WaitUntil("a", cameras => cameras is [{ State: "running", Objects: 2 }] && HaveAll(boxes, "b"))[0];
        WaitForState(subscriber, "gate");

        var (frozen, other) = before.Box == "a" ? ("a", "b") : ("b", "a");
        boxes[frozen].Signal(19);
        var after = boxes.WaitUntil(other, cameras => cameras is [{ State: "running", Objects: 2 } now] && now.Box == other)[0];
        Assert.True(after.Epoch > before.Epoch && after.ResumedFrom == before.Epoch, $"{after} after {before}");
        WaitForState(subscriber, "gate", after.Epoch);

        // It goes on, finds out that it was given up, and ends to be started again; of its activation nothing more was heard.
        boxes[frozen].Signal(18);
        var (code, _, errors) = boxes[frozen].Wait();
        Assert.Equal(1, code);
        Assert.Contains("The fleet has given this box up, since it stood still", errors, StringComparison.Ordinal);
        var heard = subscriber.On("swiftnet-live/gate/state").Length;
        Assert.True(SpinWait.SpinUntil(() => subscriber.On("swiftnet-live/gate/state").Length > heard + 5, TimeSpan.FromMinutes(1)));
        AssertInOrder(subscriber, "gate");
        Assert.Equal((other, after.Epoch), (boxes.Running(other)[0].Box, boxes.Running(other)[0].Epoch));

        // The last will of the frozen one has not the last word, and recordings tell whose they are.
        subscriber.WaitFor("swiftnet-live/gate/status", "online");
        var recordings = Directory.GetFiles(Path.Combine(boxes.Output, "gate", "recordings"), "*.mp4").Select(Path.GetFileName).ToArray();
        Assert.Contains(recordings, name => name!.Contains($"-e{after.Epoch}", StringComparison.Ordinal));
        Assert.Equal($"{after.Epoch}", File.ReadAllText(Path.Combine(boxes.Output, "gate", "recordings", ".epoch")));
    }

    [Fact(Explicit = true)]
    public void With_PostgreSQL_a_killed_boxs_cameras_go_on_elsewhere_too()
    {
        using var postgres = new PostgresServer();
        using var boxes = new Boxes("adonet", postgres.Connection, """{ "Name": "gate" }""");
        boxes.Start("a");
        boxes.Start("b");
        var before = boxes.WaitUntil("a", cameras => cameras is [{ State: "running", Objects: 2 }] && HaveAll(boxes, "b"))[0];

        boxes[before.Box!].Signal(9);
        var other = before.Box == "a" ? "b" : "a";
        var after = boxes.WaitUntil(other, cameras => cameras is [{ State: "running", Objects: 2 } now] && now.Box == other)[0];
        Assert.True(after.Epoch > before.Epoch && after.ResumedFrom == before.Epoch, $"{after} after {before}");
    }

    private static bool HaveAll(Boxes boxes, params string[] others) => Array.TrueForAll(others, box => boxes.Status(box) is { } status && status.GetProperty("boxes").GetArrayLength() == others.Length + 1);

    private static int[] Count(FleetCamera[] cameras) => [.. cameras.GroupBy(c => c.Box).Select(g => g.Count()).Order()];

    // Boxes come one after the other on a busy machine, and the first may have all; then they are moved, as a person would.
    private static void EvenOut(Boxes boxes)
    {
        var cameras = boxes.Running("a");
        for (var i = 0; i < cameras.Length; i++)
        {
            var to = "abc"[i % 3].ToString();
            if (cameras[i].Box != to)
            {
                using var body = new StringContent($$"""{"box":"{{to}}"}""", System.Text.Encoding.UTF8, "application/json");
                using var answer = boxes.AskAsync(HttpMethod.Post, "b", $"/api/fleet/cameras/{cameras[i].Name}/move", body).GetAwaiter().GetResult();
                Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
            }
        }
    }

    private static string WaitForState(Subscriber subscriber, string camera, long epoch = 0)
    {
        var topic = $"swiftnet-live/{camera}/state";
        Assert.True(SpinWait.SpinUntil(() => subscriber.On(topic) is [.., var last] && EpochOf(last) >= epoch && last.Contains("\"id\":2", StringComparison.Ordinal), TimeSpan.FromMinutes(2)), $"{topic} does not come to {epoch}");
        return subscriber.On(topic)[^1];
    }

    private static void AssertInOrder(Subscriber subscriber, string camera)
    {
        var epochs = subscriber.On($"swiftnet-live/{camera}/state").Concat([]).Select(EpochOf).ToArray();
        Assert.NotEmpty(epochs);
        Assert.All(epochs, epoch => Assert.True(epoch > 0));
        Assert.Equal(epochs.Order(), epochs);
    }

    private static long EpochOf(string message) => JsonElement.Parse(message).GetProperty("epoch").GetInt64();
}

/// <summary>These start several processes each: one at a time is enough.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FleetCollection
{
    public const string Name = "fleet";
}
