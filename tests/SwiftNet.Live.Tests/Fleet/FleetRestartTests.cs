using System.Diagnostics;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>All nodes of a fleet gone at once, as in a power cut; nodes that stop while their store is away; two nodes of one
/// name.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetRestartTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nodes_that_were_all_killed_come_together_again_at_other_addresses(bool all)
    {
        using var redis = new RedisServer();
        using var nodes = new Nodes("redis", redis.Connection, """{ "Name": "gate" }""", leaseSeconds: 5);
        nodes.Start("a");
        // One that stays away lived last, by its own clock, when it is not yet by anybody else's.
        nodes.Start("b", all ? null : ThreeNodes.TenMinutesAhead());
        var before = nodes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 }) && Up(nodes, "b") == 2)[0];

        nodes["a"].Signal(9);
        nodes["b"].Signal(9);
        var at = Stopwatch.GetTimestamp();
        // Each with another port than before, where nobody answers any more.
        nodes.Start("a");
        if (all)
        {
            nodes.Start("b");
        }

        nodes.WaitUntil(
            "a",
            cameras =>
                cameras.Any(c => c is { State: "running", Objects: 2 } && c.Epoch > before.Epoch && c.ResumedFrom > 0)
                    && Up(nodes, "a") == (all ? 2 : 1));
        output.WriteLine(
            $"The camera runs again {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after all were killed; the lease is 5 s.");
        Assert.Contains("sent no heartbeat for", nodes["a"].Said + (all ? nodes["b"].Said : ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_node_that_is_told_to_stop_without_the_store_ends_by_itself(bool refuses)
    {
        using var redis = new RedisServer();
        using var nodes = new Nodes("redis", redis.Connection, """{ "Name": "gate" }, { "Name": "yard" }""", leaseSeconds: 5);
        nodes.Start("a", null, "--Budget:DrainSeconds=5");
        nodes.Start("b", null, "--Budget:DrainSeconds=5");
        nodes.WaitUntil("a", cameras => cameras.Count(c => c is { State: "running", Objects: 2 }) == 2 && Up(nodes, "b") == 2);

        // Refuses, or takes every call and answers none.
        if (refuses)
        {
            redis.Stop();
        }
        else
        {
            redis.Freeze();
        }

        nodes.WaitUntil("a", _ => nodes.Status("a") is { } status && !status.GetProperty("has_store").GetBoolean());
        var at = Stopwatch.GetTimestamp();
        nodes["a"].Terminate();
        nodes["b"].Terminate();
        Assert.Equal((0, 0), (nodes["a"].Wait().Code, nodes["b"].Wait().Code));
        output.WriteLine(
            $"Both have ended {Stopwatch.GetElapsedTime(at).TotalSeconds:0.0} s after the request to stop; Budget:DrainSeconds is 5.");
        Assert.InRange(Stopwatch.GetElapsedTime(at), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_node_of_the_same_name_as_another_one_is_told_and_the_other_one_is_left_alone()
    {
        using var redis = new RedisServer();
        using var nodes = new Nodes("redis", redis.Connection, """{ "Name": "gate" }""", leaseSeconds: 5);
        nodes.Start("a");
        var before = nodes.WaitUntil("a", cameras => cameras.Any(c => c is { State: "running", Objects: 2 }));

        nodes.Start("b", null, "--Fleet:Node=a");
        nodes["b"].WaitToSay("node names must be unique (Fleet:Node)");
        nodes.WaitForSame("a", before);
        Assert.DoesNotContain("removed from the fleet", nodes["b"].Said, StringComparison.Ordinal);
    }

    private static int Up(Nodes nodes, string node) =>
        nodes.Status(node) is { } status
            ? status.GetProperty("boxes").EnumerateArray().Count(other => other.GetProperty("state").GetString() == "up")
            : 0;
}
