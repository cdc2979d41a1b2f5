using System.Net;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Fleet;
using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Tests.Fleet;

/// <summary>What the coordinator decides, with a clock of our own and no network.</summary>
public sealed class FleetTableTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FleetTimes _times = new(TimeSpan.FromSeconds(5));
    private readonly FleetTable _table;
    private long _reports;

    public FleetTableTests() => _table = new FleetTable(_times, movesPerMinute: 2, gather: TimeSpan.Zero, _time);

    [Fact]
    public void Cameras_go_where_most_is_left_counted_in_milliseconds_and_not_in_cameras()
    {
        Hear("small", budget: 300);
        Hear("large", budget: 900);
        Declare("small", Camera("a", 250), Camera("b", 250), Camera("c", 250), Camera("d", 40), Camera("e", 40));

        Carry(_table.Decide());

        Assert.Equal(["large", "large", "large", "small", "small"], _table.Cameras.Select(c => c.Node));
        Assert.Equal(750, _table.UsedOf("large"));
        Assert.Equal("most free budget: 900 of 900 ms/s free, 250 needed", _table.Find("a")!.Why);
    }

    [Fact]
    public void A_camera_goes_only_where_its_device_is_and_waits_with_the_reason_while_no_node_has_it()
    {
        Hear("a");
        Declare("a", Camera("gate", 10, ("Fleet:Needs", "cuda:1")), Camera("yard", 10, ("Capture:Source", "v4l2:///dev/video3?fps=5")));

        Assert.Empty(_table.Decide());
        Assert.Equal(["no node has cuda:1 (Fleet:Devices)", "no node has /dev/video3 (Fleet:Devices)"], _table.Cameras.Select(c => c.Why));

        Hear("b", devices: ["cuda:1"]);
        Assert.Equal(("gate", "b"), Assert.Single(_table.Decide()) is var order ? (order.Camera.Definition.Name, order.To) : default);
    }

    [Fact]
    public void Cameras_of_a_silent_node_are_given_away_only_after_its_lease_and_never_before()
    {
        Hear("a");
        Hear("b");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        var (owner, other) = _table.Find("gate")!.Node == "a" ? ("a", "b") : ("b", "a");

        _time.Advance(_times.Lease);
        Hear(other);
        Assert.Empty(_table.EvictSilent());
        Assert.Empty(_table.Decide());

        _time.Advance(_times.Margin + TimeSpan.FromMilliseconds(1));
        Assert.Equal([owner], _table.EvictSilent());
        Assert.Equal(other, Assert.Single(_table.Decide()).To);
    }

    [Fact]
    public void Most_of_the_fleet_fallen_silent_may_run_on_by_itself_and_is_not_taken_from_until_somebody_says_it_is_off()
    {
        Hear("a");
        Hear("b");
        Hear("c");
        Declare("a", Camera("x", 10), Camera("y", 10), Camera("z", 10));
        Carry(_table.Decide());

        _time.Advance(_times.SilenceTimeout + TimeSpan.FromSeconds(1));
        Hear("a");
        Assert.Empty(_table.EvictSilent());
        Assert.Empty(_table.Decide());
        Assert.Contains("2 of 3 nodes are silent", _table.Cameras.First(c => c.Node != "a").Why, StringComparison.Ordinal);

        Assert.True(_table.Evict("b"));
        Assert.Equal(["c"], _table.EvictSilent());
        Assert.Equal(["a", "a"], _table.Decide().Select(order => order.To));
    }

    [Fact]
    public void A_new_coordinator_waits_for_the_nodes_it_knows_or_for_their_leases_and_takes_over_what_they_report()
    {
        _table.Restore("a");
        _table.Restore("b");
        _table.Restore(Camera("gate", 10), ["a"]);
        _table.Restore(Camera("yard", 10), ["a"]);

        Hear("a", cameras: [Running("gate", 7)]);
        Assert.Equal(("a", 7), (_table.Find("gate")!.Node, _table.Find("gate")!.Epoch));
        Assert.Empty(_table.Decide());

        // Node b may run yard on a lease that the coordinator before gave it last.
        _time.Advance(_times.TakeoverDelay + TimeSpan.FromMilliseconds(1));
        Hear("a", cameras: [Running("gate", 7)]);
        _table.EvictSilent();
        Assert.Equal("yard", Assert.Single(_table.Decide()).Camera.Definition.Name);
    }

    [Fact]
    public void Of_two_nodes_with_one_camera_the_older_activation_is_let_go_of()
    {
        Hear("a");
        Hear("b");
        Declare("a", Camera("gate", 10));
        Hear("a", cameras: [Running("gate", 4)]);
        var stale = Report("b", cameras: [Running("gate", 3)]);
        Assert.Null(_table.Report(stale));

        Assert.Equal(new CameraEpoch("gate", 3), Assert.Single(_table.Superseded(stale)));
        Assert.Equal("a", _table.Find("gate")!.Node);
    }

    [Fact]
    public void A_report_that_comes_late_takes_nothing_back()
    {
        // Sent while the camera did not run yet, by way of a node that stood still then.
        NodeReport[] late = [Report("a"), Report("a"), Report("a")];
        Hear("a");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        Hear("a", cameras: [Running("gate", 1)]);

        Assert.All(late, report => Assert.Contains("is outdated", _table.Report(report), StringComparison.Ordinal));
        Assert.Empty(_table.Decide());
        Assert.Equal(FleetCameraState.Running, _table.Find("gate")!.State);
    }

    [Fact]
    public void A_camera_that_was_to_stop_and_whose_node_gave_no_answer_is_where_it_was_if_the_node_says_so()
    {
        Hear("a");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        Hear("a", cameras: [Running("gate", 1)]);
        Hear("b");
        _table.Find("gate")!.Wish = "b";

        _table.Unsure(Assert.Single(_table.Decide()));
        Hear("a", cameras: [Running("gate", 1)]);

        Assert.Equal((FleetCameraState.Running, "a"), (_table.Find("gate")!.State, _table.Find("gate")!.Node));
        _table.Find("gate")!.Wish = "b";
        Assert.Equal("b", Assert.Single(_table.Decide()).To);
    }

    [Fact]
    public void What_an_activation_said_of_itself_is_not_told_of_the_next_one()
    {
        Hear("a");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        Hear("a", cameras: [Running("gate", 1) with { Objects = 2, Resumed = 7 }]);
        Assert.Equal((2, 7), (_table.Find("gate")!.Objects, _table.Find("gate")!.Resumed));
        Hear("b");
        _table.Find("gate")!.Wish = "b";

        Carry(_table.Decide());
        Hear("a");
        Assert.Equal(
            (FleetCameraState.Running, 0, 0), (_table.Find("gate")!.State, _table.Find("gate")!.Objects, _table.Find("gate")!.Resumed));

        Hear("b", cameras: [Running("gate", 2) with { Objects = 2, Resumed = 1 }]);
        Assert.Equal((2, 1), (_table.Find("gate")!.Objects, _table.Find("gate")!.Resumed));
    }

    [Fact]
    public void A_second_node_of_a_name_waits_until_the_first_has_been_given_up()
    {
        Hear("a");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        var again = Report("a") with { Instance = "another" };

        Assert.Contains("node names must be unique", _table.Report(again), StringComparison.Ordinal);
        _time.Advance(_times.SilenceTimeout + TimeSpan.FromMilliseconds(1));
        Assert.Null(_table.Report(again));
        Assert.Equal(FleetCameraState.Waiting, _table.Find("gate")!.State);
    }

    [Fact]
    public void One_name_for_two_sources_is_refused_and_a_changed_configuration_of_one_source_is_taken_over()
    {
        Hear("a");
        Hear("b");
        Declare("a", Camera("gate", 10));

        Assert.Contains(
            "declared by node a", _table.Register("b", [Camera("gate", 10, ("Capture:Source", "test:still"))]), StringComparison.Ordinal);
        Assert.Equal("test:moving", _table.Find("gate")!.Definition.Source);

        Carry(_table.Decide());
        Assert.Null(_table.Register("b", [Camera("gate", 10, ("Memory:Beta", "0.2"))]));
        var order = Assert.Single(_table.Decide());
        Assert.Equal((_table.Find("gate")!.Node, _table.Find("gate")!.Node), (order.From, order.To));
    }

    [Fact]
    public void A_camera_that_no_configuration_holds_any_more_ends_and_is_forgotten()
    {
        Hear("a");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        Declare("a");

        var order = Assert.Single(_table.Decide());
        Assert.Null(order.To);
        Assert.False(_table.Stopped(order));
        _table.Decide();
        Assert.Empty(_table.Cameras);
    }

    [Fact]
    public void A_camera_that_breaks_is_started_again_after_ever_longer_pauses()
    {
        Hear("a");
        Declare("a", Camera("gate", 10));
        Carry(_table.Decide());
        var pauses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            Hear("a", cameras: [Running("gate", _table.Find("gate")!.Epoch) with { State = "failed", Why = "no such file" }]);
            _table.Stopped(Assert.Single(_table.Decide()));
            Assert.Equal("no such file", _table.Find("gate")!.Why);
            var seconds = 0;
            IReadOnlyList<FleetOrder> orders;
            while ((orders = _table.Decide()).Count == 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                Hear("a");
                seconds++;
            }

            pauses.Add(seconds);
            Carry(orders);
        }

        Assert.Equal([1, 2, 4, 8], pauses);
    }

    [Fact]
    public void Cameras_of_a_node_that_stops_move_at_once_and_those_that_move_for_balance_are_few()
    {
        Hear("a");
        Declare("a", [.. Enumerable.Range(0, 8).Select(i => Camera($"c{i}", 100))]);
        for (var i = 0; i < 4; i++)
        {
            Carry(_table.Decide());
        }

        RunningReport[] all = [.. Enumerable.Range(0, 8).Select(i => Running($"c{i}", 1))];
        Hear("a", cameras: all);
        Hear("b");

        // Two in a minute, one after the other.
        var moved = new List<FleetOrder>();
        for (var i = 0; i < 10; i++)
        {
            var orders = _table.Decide();
            moved.AddRange(orders);
            Carry(orders);
        }

        Assert.Equal(2, moved.Count);
        Assert.All(moved, order => Assert.Equal(("a", "b"), (order.From, order.To)));

        Assert.Null(_table.Report(Report("a", cameras: [.. all.Where(r => _table.Find(r.Camera)!.Node == "a")]) with { IsLeaving = true }));
        Assert.Equal(4, _table.Decide().Count(order => order is { From: "a", To: "b" }));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(3, 2, true)]
    [InlineData(4, 2, false)]
    public void Without_the_store_most_of_the_fleet_goes_on_and_no_second_part_can(int known, int heard, bool goesOn)
    {
        Assert.Equal(goesOn, Quorum.MayKeep(known, heard));
        Assert.Equal(!goesOn, Quorum.MayTakeOver(known, heard));
    }

    private static CameraDefinition Camera(string name, double milliseconds, params (string Key, string Value)[] more)
    {
        var values = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Capture:Source"] = "test:moving",
            ["Fleet:CameraMilliseconds"] = $"{milliseconds}",
        };
        foreach (var (key, value) in more)
        {
            values[key] = value;
        }

        return new CameraDefinition(name, values);
    }

    private static RunningReport Running(string camera, long epoch) => new(camera, epoch, 100, "running", null, 1, 0);

    private NodeReport Report(string node, double budget = 900, string[]? devices = null, RunningReport[]? cameras = null) =>
        new(
            node,
            "first",
            ++_reports,
            SiloAddress.New(IPAddress.Loopback, 1, 1),
            budget,
            devices ?? [],
            null,
            HasStore: true,
            IsLeaving: false,
            cameras ?? []);

    private void Hear(string node, double budget = 900, string[]? devices = null, RunningReport[]? cameras = null) =>
        Assert.Null(_table.Report(Report(node, budget, devices, cameras)));

    private void Declare(string node, params CameraDefinition[] cameras) => Assert.Null(_table.Register(node, cameras));

    private void Carry(IReadOnlyList<FleetOrder> orders)
    {
        foreach (var order in orders)
        {
            if (order.From is null || _table.Stopped(order))
            {
                order.Camera.Epoch++;
                _table.Started(order);
            }
        }
    }
}
