using System.Text.Json;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

public sealed class SegmentCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_video_leaves_a_mask_a_line_and_an_overlay_picture_for_each_of_its_frames()
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=12");

        var (code, output, errors) = Segment("in.mp4");

        Assert.Equal((0, ""), (code, errors));
        var names = Enumerable.Range(0, 12).Select(n => $"{n:D5}").ToArray();
        Assert.Equal(names, Stems("out/masks"));
        Assert.Equal(["masks", "objects.jsonl", "overlay.mp4"], Entries("out"));
        Assert.Equal(names, Lines().Select(line => line.RootElement.GetProperty("name").GetString()));
        Assert.Equal(Enumerable.Range(0, 12).Select(n => (long?)n), OverlayNumbers());
        Assert.Contains("captured 12 = written 12 + dropped 0 + failed 0", output, StringComparison.Ordinal);
        Assert.Contains("fps", output, StringComparison.Ordinal);
        Assert.All(
            ["masks", "objects.jsonl", "overlay.mp4"],
            name => Assert.Contains(_folder[$"out/{name}"] + "\n", output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_overlay_and_the_lines_of_a_film_keep_its_times_and_the_overlay_its_shape()
    {
        Videos.FromPattern(
            _folder["in.mp4"], "test:moving?size=160x96&frames=12", "-vf",
            "setsar=20/11,settb=1/1000,setpts='if(lt(N,6),N*40,240+(N-6)*400)'", "-vsync", "passthrough", "-enc_time_base", "1/1000");

        var (code, _, errors) = Segment("in.mp4");

        Assert.Equal((0, ""), (code, errors));
        var times = Ffmpeg.Times(_folder["in.mp4"]);
        Assert.Equal(times, Ffmpeg.Times(_folder["out/overlay.mp4"]));
        Assert.Equal(times, Lines().Select(line => Math.Round(line.RootElement.GetProperty("media_time").GetDouble(), 6)));
        Assert.Contains(
            "sample_aspect_ratio=20:11\n", Ffmpeg.Probe(_folder["out/overlay.mp4"], "sample_aspect_ratio"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_mask_is_the_one_that_was_given()
    {
        using var pattern = TestFrames.Pattern("test:still?size=160x96");
        var truth = pattern.Truth(0);
        Videos.FromPattern(_folder["in.mp4"], "test:still?size=160x96&frames=3");
        IndexedPng.Write(_folder["mask.png"], truth);

        var (code, _, errors) = LiveProcess.Run(
            "segment", _folder["in.mp4"], "--mask", _folder["mask.png"], "--output", _folder["out"], "--Segment:Size=160x96");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(truth.Ids, IndexedPng.Read(_folder["out/masks/00000.png"]).Ids);
    }

    [Fact]
    public void Images_give_their_names_and_a_second_run_replaces_the_first_only_where_that_is_asked_for()
    {
        Directory.CreateDirectory(_folder["in"]);
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=3");
        Ffmpeg.Convert(_folder["in.mp4"], _folder["in/frame%02d.png"]);

        Assert.Equal(0, Segment("in").Code);
        var first = File.ReadAllBytes(_folder["out/objects.jsonl"]).Length;
        File.WriteAllText(_folder["out/overlay.mp4"], "an older one");
        File.WriteAllText(_folder["out/masks/of-a-longer-run.png"], "an older mask");
        File.WriteAllText(_folder["out/notes.txt"], "the user's own");
        LiveProcess.AssertOneLine("contains results of an earlier run", Segment("in"));
        Assert.Equal(
            (first, "an older one"),
            (File.ReadAllBytes(_folder["out/objects.jsonl"]).Length, File.ReadAllText(_folder["out/overlay.mp4"])));

        // What cannot be followed replaces nothing either.
        Assert.Equal(1, LiveProcess.Run("segment", _folder["in"], "--box", "500,500,9,9", "--output", _folder["out"], "--overwrite").Code);
        Assert.Equal(
            (first, "an older one"),
            (File.ReadAllBytes(_folder["out/objects.jsonl"]).Length, File.ReadAllText(_folder["out/overlay.mp4"])));

        Assert.Equal(0, Segment("in", "--overwrite").Code);
        Assert.True(File.Exists(_folder["out/notes.txt"]));

        Assert.Equal(["frame01", "frame02", "frame03"], Stems("out/masks"));
        Assert.Equal(3, Lines().Count);
        Assert.Equal([0, 1, 2], OverlayNumbers());
        Assert.True(first > 0);
    }

    [Fact]
    public void Played_live_every_frame_of_the_input_is_in_the_ledger_and_the_overlay_keeps_real_time()
    {
        // Faster than the network can be. In the time base of its rate: in a coarser one pictures would share a time, and be doubled and
        // left out.
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=60", "-vf", "settb=1/240,setpts=N", "-r", "240");

        var (code, output, _) = Segment("in.mp4", "--live");

        Assert.Equal(0, code);
        Assert.Contains("captured 60 = written", output, StringComparison.Ordinal);
        Assert.DoesNotContain("unaccounted", output, StringComparison.Ordinal);
        // What was captured first carries the first mask and is never overtaken while the network loads.
        Assert.Equal("00000", Stems("out/masks")[0]);
        Assert.Equal(Stems("out/masks").Select(long.Parse), Videos.NumbersInRealTime(_folder["out/overlay.mp4"]));
    }

    private (int Code, string Output, string Errors) Segment(string input, params string[] more) => LiveProcess.Run(
        ["segment", _folder[input], "--polygon", "64,40;96,40;96,72;64,72", "--output", _folder["out"], "--Segment:Size=160x96", .. more]);

    private string[] Stems(string folder) =>
    [
        .. Directory.EnumerateFiles(_folder[folder]).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!,
    ];

    private string[] Entries(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder[folder]).Select(Path.GetFileName).Order(StringComparer.Ordinal)!,
    ];

    private List<JsonDocument> Lines() => [.. File.ReadLines(_folder["out/objects.jsonl"]).Select(line => JsonDocument.Parse(line))];

    private long?[] OverlayNumbers() => Videos.Numbers(_folder["out/overlay.mp4"]);
}
