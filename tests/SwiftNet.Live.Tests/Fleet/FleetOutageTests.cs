namespace SwiftNet.Live.Tests.Fleet;

/// <summary>Real boxes whose store goes away and whose clocks are wrong.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetOutageTests
{
    [Fact(Explicit = true)]
    public void Cameras_run_on_without_the_store_and_nothing_is_doubled_when_it_is_back_whatever_the_clocks_say()
    {
        using var redis = new RedisServer();
        using var boxes = new Boxes(redis, """{ "Name": "gate" }, { "Name": "yard" }""");
        boxes.Start("a", Clock("+5m"));
        boxes.Start("b", Clock("-5m"));
        boxes.WaitUntil("a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 2 && boxes.Status("b") is { } status && status.GetProperty("boxes").GetArrayLength() == 2);
        var before = boxes.Running("a");

        redis.Stop();
        boxes.WaitUntil("a", _ => boxes.Status("a") is { } status && !status.GetProperty("has_store").GetBoolean());
        var frames = Frames(boxes);
        // Longer than the leases last that the store had a part in.
        Assert.True(SpinWait.SpinUntil(() => Frames(boxes) > frames + (5 * 2 * 15), TimeSpan.FromMinutes(1)), "The cameras stand still.");
        Assert.Equal(before.Select(c => (c.Name, c.Box, c.Epoch)), boxes.Running("a").Select(c => (c.Name, c.Box, c.Epoch)));

        redis.Start();
        boxes.WaitUntil("b", _ => boxes.Status("b") is { } status && status.GetProperty("has_store").GetBoolean());
        frames = Frames(boxes);
        Assert.True(SpinWait.SpinUntil(() => Frames(boxes) > frames + (5 * 2 * 10), TimeSpan.FromMinutes(1)), "The cameras stand still.");
        Assert.Equal(before.Select(c => (c.Name, c.Box, c.Epoch)), boxes.Running("b").Select(c => (c.Name, c.Box, c.Epoch)));

        // The store works again for all: a killed box's cameras go on at the other.
        boxes["a"].Signal(9);
        boxes.WaitUntil("b", cameras => cameras.Count(c => c is { State: "running", Objects: 2, Box: "b" }) == 2);
    }

    // Ten minutes apart; the monotonic clock is left alone, as the one of a real machine is.
    private static Dictionary<string, string?> Clock(string offset)
    {
        // Not by a search of all of /usr/lib: some packages' links lead back to above themselves.
        var library = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists);
        if (library is null)
        {
            Assert.Skip("needs faketime: sudo apt-get install -y faketime");
        }

        return new() { ["LD_PRELOAD"] = library, ["FAKETIME"] = offset, ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1" };
    }

    private static long Frames(Boxes boxes) => new[] { "a", "b" }.Sum(box =>
    {
        Thread.Sleep(100);
        using var answer = boxes.AskAsync(HttpMethod.Get, box, "/status").GetAwaiter().GetResult();
        return System.Text.Json.JsonElement.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()).GetProperty("cameras").EnumerateArray().Sum(camera => camera.GetProperty("frame").GetInt64());
    });
}
