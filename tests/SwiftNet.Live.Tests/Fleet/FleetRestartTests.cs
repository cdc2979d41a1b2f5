namespace SwiftNet.Live.Tests.Fleet;

/// <summary>All boxes of a fleet gone at once, as in a power cut.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetRestartTests
{
    [Fact]
    public void Boxes_that_were_all_killed_come_together_again_at_other_addresses()
    {
        using var redis = new RedisServer();
        using var boxes = new Boxes("redis", redis.Connection, """{ "Name": "gate" }""", leaseSeconds: 5);
        boxes.Start("a");
        boxes.Start("b");
        var before = boxes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 }) && BothAreUp("b"))[0];

        boxes["a"].Signal(9);
        boxes["b"].Signal(9);
        // Each with another port than before, where nobody answers any more.
        boxes.Start("a");
        boxes.Start("b");

        boxes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 } && c.Epoch > before.Epoch && c.ResumedFrom > 0) && BothAreUp("b"));

        bool BothAreUp(string box) => boxes.Status(box) is { } status && status.GetProperty("boxes").EnumerateArray().Count(other => other.GetProperty("state").GetString() == "up") == 2;
    }
}
