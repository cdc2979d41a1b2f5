using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Tests.Zones;

public sealed class ZoneKeeperTests : IDisposable
{
    private static readonly ZonesOptions s_options = new()
    {
        Polygons = ["door: 0.5,0;1,0;1,1;0.5,1"],
        SettleMilliseconds = 0,
        DwellSeconds = 100,
    };
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog _log = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Counts_drawn_zones_and_who_is_inside_outlive_a_restart()
    {
        using (var zones = Start())
        {
            Assert.NotNull(zones.Add(new ZoneShape("gate", [new(0.25, 1), new(0.25, 0)]), out _));
            See(zones, 0, 10);
            Assert.Equal(["Entered", "Forward"], See(zones, 1, 70));
        }

        using (var zones = Start())
        {
            Assert.Equal([("door", false), ("gate", true)], zones.Current.Select(zone => (zone.Name, zone.Drawn)));
            Assert.Equal((1, 1), (zones.Current[0].Counts["entered"], zones.Current[1].Counts["forward"]));

            // Still inside: it does not enter again, and leaves once.
            Assert.Empty(See(zones, 0, 70));
            Assert.Equal([3], zones.Current[0].Inside);
            Assert.Equal(["Left", "Backward"], See(zones, 2, 10));
            Assert.True(zones.Remove("gate"));
        }

        // What was kept is kept too where no frame came.
        using (Start())
        {
        }

        using var last = Start();
        Assert.Equal((1, 1), (Assert.Single(last.Current).Counts["entered"], last.Current[0].Counts["left"]));
        Assert.Empty(_log.Warnings);
        Assert.Equal(["yard.zones"], _folder.Names);
    }

    [Fact]
    public void A_change_is_saved_within_two_seconds_so_that_a_crash_costs_nothing()
    {
        using var zones = Start();
        zones.Add(new ZoneShape("gate", [new(0, 0), new(1, 1)]), out _);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("gate", File.ReadAllText(_folder["yard.zones"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_with_other_points_counts_from_zero()
    {
        using (var zones = Start())
        {
            See(zones, 0, 70);
        }

        using var again = Start(s_options with { Polygons = ["door: 0.6,0;1,0;1,1;0.6,1"] });
        Assert.Equal(0, again.Current[0].Counts["entered"]);
    }

    [Theory]
    [InlineData("no zones")]
    [InlineData("""{"version":9,"shapes":[]}""")]
    [InlineData("""{"version":1,"shapes":[{"name":"../a","drawn":true,"points":[[0,0],[1,1]],"counts":{},"stays":[]}]}""")]
    [InlineData("""{"version":1,"shapes":[{"name":"a","drawn":true,"points":[[0],null],"counts":{},"stays":[]}]}""")]
    public void A_file_that_cannot_be_used_is_set_aside(string text)
    {
        File.WriteAllText(_folder["yard.zones"], text);
        using (var zones = Start())
        {
            Assert.Equal("door", Assert.Single(zones.Current).Name);
        }

        Assert.Contains($"The file is now {_folder["yard.zones"]}.broken", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder["yard.zones.broken"]));
    }

    [Fact]
    public void Without_zones_there_is_no_file()
    {
        using (Start(new ZonesOptions()))
        {
        }

        Assert.Empty(_folder.Names);
    }

    private CameraZones Start(ZonesOptions? options = null) =>
        new(options ?? s_options, content => new ZoneKeeper(_folder["yard.zones"], content, _time, _log));

    private static string[] See(CameraZones zones, double seconds, int left)
    {
        var ids = Frames.Box(100, 50, 3, left, 5, 10, 10);
        using var frame = Frames.Plain(100, 50, (0, 0, 0), seconds: seconds).With(ids, objects: new ObjectConfidence(3, 0.9f));
        zones.Observe(frame);
        return [.. frame.ZoneEvents.Select(e => $"{e.Change}")];
    }
}
