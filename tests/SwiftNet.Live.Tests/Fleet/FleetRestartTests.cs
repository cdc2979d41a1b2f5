using System.Diagnostics;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>All boxes of a fleet gone at once, as in a power cut; two boxes of one name.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetRestartTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Boxes_that_were_all_killed_come_together_again_at_other_addresses(bool all)
    {
        using var redis = new RedisServer();
        using var boxes = new Boxes("redis", redis.Connection, """{ "Name": "gate" }""", leaseSeconds: 5);
        boxes.Start("a");
        // One that stays away lived last, by its own clock, when it is not yet by anybody else's.
        boxes.Start("b", all ? null : ThreeBoxes.TenMinutesAhead());
        var before = boxes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 }) && Up(boxes, "b") == 2)[0];

        boxes["a"].Signal(9);
        boxes["b"].Signal(9);
        var at = Stopwatch.GetTimestamp();
        // Each with another port than before, where nobody answers any more.
        boxes.Start("a");
        if (all)
        {
            boxes.Start("b");
        }

        boxes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 } && c.Epoch > before.Epoch && c.ResumedFrom > 0) && Up(boxes, "a") == (all ? 2 : 1));
        output.WriteLine($"The camera runs again {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after all were killed; the lease is 5 s.");
        Assert.Contains("has given no sign of life for", boxes["a"].Said + (all ? boxes["b"].Said : ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_of_the_same_name_as_another_one_is_told_and_the_other_one_is_left_alone()
    {
        using var redis = new RedisServer();
        using var boxes = new Boxes("redis", redis.Connection, """{ "Name": "gate" }""", leaseSeconds: 5);
        boxes.Start("a");
        var before = boxes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 }));

        boxes.Start("b", null, "--Fleet:Box=a");
        boxes["b"].WaitToSay("each needs a name of its own (Fleet:Box)");
        boxes.WaitForSame("a", before);
        Assert.DoesNotContain("taken out of the fleet", boxes["b"].Said, StringComparison.Ordinal);
    }

    private static int Up(Boxes boxes, string box) => boxes.Status(box) is { } status ? status.GetProperty("boxes").EnumerateArray().Count(other => other.GetProperty("state").GetString() == "up") : 0;
}
