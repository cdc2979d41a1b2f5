using Microsoft.Extensions.Configuration;
using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Tests.Zones;

/// <summary>A box of 10 x 10 pixels in a frame of 100 x 50. The zone "door" is its right half, the line "gate" in its middle.</summary>
public sealed class CameraZonesTests : IDisposable
{
    private static readonly ZonesOptions s_door = new() { Polygons = ["door: 0.5,0;1,0;1,1;0.5,1"], DwellSeconds = 3 };

    // Upwards, so that forward is to the right; from the bottom to the middle of the frame.
    private static readonly ZonesOptions s_gate = new() { Lines = ["gate: 0.5,1;0.5,0.5"] };
    private CameraZones _zones = new(s_door);

    public void Dispose() => _zones.Dispose();

    [Fact]
    public void An_object_enters_dwells_and_leaves_once()
    {
        Assert.Empty(See(0, 10));
        Assert.Empty(See(1, 48));
        Assert.Equal(["Entered door 3 count 1 inside 1"], See(1.2, 49));
        Assert.Empty(See(2, 70));
        Assert.Equal(["Dwelled door 3 count 1 inside 1 after 3.5"], See(4.5, 70));
        Assert.Empty(See(9, 70));
        Assert.Empty(See(10, 10));
        Assert.Equal(["Left door 3 count 1 inside 0 after 9"], See(10.2, 10));
        Assert.Empty(See(20, 10));
    }

    [Fact]
    public void A_flicker_is_no_event_and_an_object_at_the_edge_enters_once()
    {
        for (var second = 0; second < 40; second += 4)
        {
            Assert.Empty(See(second, 10));
            Assert.Empty(See(second + 0.1, 60));
            Assert.Empty(See(second + 0.2, 10));
        }

        // Six tenths, then four tenths of it inside, in turn: above LeaveShare.
        string[] all = [.. Enumerable.Range(0, 40).SelectMany(i => See(50 + (i * 0.5), i % 2 == 0 ? 46 : 44))];
        Assert.Empty(all);
        all = [.. Enumerable.Range(0, 40).SelectMany(i => See(100 + (i * 0.5), i / 2 % 2 == 0 ? 46 : 44))];
        Assert.Equal(["Entered door 3 count 1 inside 1"], all.Where(text => !text.StartsWith("Dwelled", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_object_that_is_out_of_sight_for_a_moment_stays_and_leaves_after_a_while()
    {
        See(0, 70);
        Assert.Equal(["Entered door 3 count 1 inside 1"], See(1, 70));
        Assert.Empty(See(1.5, -1));
        Assert.Empty(See(5.9, -1));
        Assert.Equal(["Left door 3 count 1 inside 0 after 6"], See(6, -1));
        Assert.Empty(See(7, 70));
        Assert.Equal(["Entered door 3 count 2 inside 1"], See(7.5, 70));
    }

    [Fact]
    public void An_object_that_is_tracked_no_more_leaves_at_once_and_a_paused_one_does_not()
    {
        See(0, 70);
        See(1, 70);
        using var paused = Frame(1.1).With(new byte[5000]).LeavingOut();
        Assert.Empty(Observe(paused));
        using var removed = Frame(1.2).With(new byte[5000]);
        Assert.Equal(["Left door 3 count 1 inside 0 after 1.2"], Observe(removed));
    }

    [Fact]
    public void Each_object_is_counted_for_itself()
    {
        string[] last = [];
        foreach (var seconds in (double[])[0, 1])
        {
            var ids = Frames.Box(100, 50, 3, 60, 5, 10, 10);
            for (var y = 5; y < 15; y++)
            {
                ids.AsSpan((100 * y) + 80, 10).Fill(4);
            }

            using var frame = Frame(seconds).With(ids, objects: [new ObjectConfidence(3, 1), new ObjectConfidence(4, 1)]);
            last = Observe(frame);
        }

        Assert.Equal(["Entered door 3 count 1 inside 1", "Entered door 4 count 2 inside 2"], last);
        Assert.Equal([3, 4], Assert.Single(_zones.Current).Inside);
    }

    [Fact]
    public void A_zone_is_covered_by_an_object_that_fills_enough_of_it()
    {
        _zones = new CameraZones(new ZonesOptions
        {
            Polygons = ["seat: 0.5,0;0.7,0;0.7,1;0.5,1"],
            SettleMilliseconds = 0,
            EnterShare = 1,
        });
        Assert.Empty(See(0, 45, width: 14, height: 50));
        Assert.Equal(["Covered seat 3 count 1 inside 0"], See(1, 45, width: 15, height: 50));
        Assert.Empty(See(2, 45, width: 11, height: 50));
        Assert.Equal(["Uncovered seat 3 count 1 inside 0"], See(3, 45, width: 10, height: 50));
    }

    [Fact]
    public void A_line_is_crossed_in_both_directions_and_an_object_on_it_flickers_without_an_event()
    {
        _zones = new CameraZones(s_gate);
        Assert.Empty(See(0, 20, top: 35));
        Assert.Empty(See(1, 44, top: 35));
        Assert.Empty(See(2, 46, top: 35));
        Assert.Equal(["Forward gate 3 count 1 inside 0"], See(3, 47, top: 35));
        Assert.Empty(See(4, 45, top: 35));
        Assert.Empty(See(5, 46, top: 35));
        Assert.Empty(See(6, 10, top: 35));
        Assert.Equal(["Backward gate 3 count 1 inside 0"], See(7, 10, top: 35));
        Assert.Equal(1, _zones.Current[0].Counts["forward"]);
    }

    [Fact]
    public void A_path_around_the_end_of_a_line_is_no_crossing()
    {
        _zones = new CameraZones(s_gate with { SettleMilliseconds = 0 });
        Assert.Empty(See(0, 20, top: 30));
        Assert.Empty(See(1, 43, top: 5));
        Assert.Empty(See(2, 60, top: 5));
        Assert.Empty(See(3, 60, top: 35));
        Assert.Equal(["Backward gate 3 count 1 inside 0"], See(4, 20, top: 35));
    }

    [Fact]
    public void Zones_hold_at_another_resolution_and_for_a_mask_of_a_part_of_the_frame()
    {
        See(0, 70);
        See(1, 70);
        using var small = Part(2, new MaskRegion(24, 2, 6, 10, 50, 25));
        Assert.Empty(Observe(small));
        using var outside = Part(3, new MaskRegion(2, 2, 6, 10, 50, 25));
        using var still = Part(4, new MaskRegion(2, 2, 6, 10, 50, 25));
        Assert.Empty(Observe(outside));
        Assert.Equal(["Left door 3 count 1 inside 0 after 3"], Observe(still));
    }

    [Fact]
    public void Changed_settings_keep_the_counts_of_what_stays()
    {
        See(0, 70);
        See(1, 70);
        Assert.NotNull(_zones.Add(new ZoneShape("yard", [new(0, 0), new(1, 0), new(1, 1)]), out _));
        _zones.Change(s_door with { Polygons = [.. s_door.Polygons, "yard: 0,0;0.1,0;0.1,0.1"] });
        Assert.Equal(
            [("door", false, 1L), ("yard", false, 0L)],
            _zones.Current.Select(zone => (zone.Name, zone.Drawn, zone.Counts["entered"])));
        See(2, 10);
        Assert.Equal(["Left door 3 count 1 inside 0 after 2"], See(3, 10));
    }

    [Fact]
    public void Where_nothing_changes_a_frame_costs_no_memory()
    {
        using var frame = At(1, 70, 10, 10, 5);
        for (var i = 0; i < 100; i++)
        {
            _zones.Observe(frame);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        _zones.Observe(frame);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("Zones:Polygons=a: 0,0;1,0: must be zones NAME: x,y;x,y;x,y of 3 to 64 points from 0", "Zones:Polygons:0", "a: 0,0;1,0")]
    [InlineData("Zones:Polygons=a: 0,0;1,0;1,2: must be zones", "Zones:Polygons:0", "a: 0,0;1,0;1,2")]
    [InlineData("Zones:Polygons=0,0;1,0;1,1: must be zones", "Zones:Polygons:0", "0,0;1,0;1,1")]
    [InlineData("Zones:Polygons=a/b: 0,0;1,0;1,1: must be zones", "Zones:Polygons:0", "a/b: 0,0;1,0;1,1")]
    [InlineData("Zones:Lines=a: 0,0;0,0: must be lines NAME: x,y;x,y of two points from 0 to 1", "Zones:Lines:0", "a: 0,0;0,0")]
    [InlineData("Zones:EnterShare=0: must be a number over 0, up to 1", "Zones:EnterShare", "0")]
    [InlineData("Zones:LeaveShare=0.6: must be at most Zones:EnterShare, which is 0.5", "Zones:LeaveShare", "0.6")]
    [InlineData("Zones:CrossShare=0.5: must be a number over 0.5, up to 1", "Zones:CrossShare", "0.5")]
    [InlineData(
        "Zones:Polygons=gate: the names of zones and lines must differ; this one appears 2 times",
        "Zones:Polygons:0",
        "gate: 0,0;1,0;1,1",
        "Zones:Lines:0",
        "Gate: 0,0;1,1")]
    [InlineData(
        "Cameras:0:Zones:LeaveShare=0.6: must be at most Zones:EnterShare, which is 0.5",
        "Cameras:0:Name",
        "yard",
        "Cameras:0:Zones:LeaveShare",
        "0.6")]
    public void A_wrong_setting_is_one_clear_line(string expected, params string[] settings)
    {
        var given = settings.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        var error = Assert.Throws<UserErrorException>(() => CamerasReader.Read(configuration));
        Assert.StartsWith($"Invalid configuration: {expected}", error.Message, StringComparison.Ordinal);
    }

    // -1: a mask without the object.
    private string[] See(double seconds, int left, int width = 10, int height = 10, int top = 5)
    {
        using var frame = At(seconds, left, width, height, top);
        return Observe(frame);
    }

    private string[] Observe(Frame frame)
    {
        _zones.Observe(frame);
        return [.. frame.ZoneEvents.Select(e => $"{e.Change} {e.Name} {e.Id} count {e.Count} inside {e.Inside}{After(e.Stay)}")];
    }

    private static string After(TimeSpan? stay) =>
        stay is { } time ? FormattableString.Invariant($" after {Math.Round(time.TotalSeconds, 3)}") : "";

    private static Frame At(double seconds, int left, int width, int height, int top)
    {
        var ids = left < 0 ? new byte[5000] : Frames.Box(100, 50, 3, left, height == 50 ? 0 : top, width, height);
        return Frame(seconds).With(ids, objects: new ObjectConfidence(3, 0.9f));
    }

    private static Frame Frame(double seconds) => Frames.Plain(100, 50, (0, 0, 0), seconds: seconds);

    // The object fills the part.
    private static Frame Part(double seconds, MaskRegion region)
    {
        var frame = Frames.Plain(region.FrameWidth, region.FrameHeight, (0, 0, 0), seconds: seconds);
        var ids = FrameMask.Rent(region.Area);
        ids.Array.AsSpan().Fill(3);
        frame.Mask = new FrameMask
        {
            Ids = ids,
            Region = region,
            Objects = [new ObjectConfidence(3, 1)],
            Age = TimeSpan.Zero,
            Write = WriteReason.None,
            CapturedAt = frame.CapturedAt,
        };
        return frame;
    }
}
