using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Output.Clips;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Clips;

/// <summary>Clips on the disk, of which only the files matter.</summary>
public sealed class CameraClipsTests : IDisposable
{
    private static readonly string[] s_ids = [.. Enumerable.Range(1, 5).Select(day => $"2026-03-0{day}T12-00-00.000Z")];
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 5, 13, 0, 0, TimeSpan.Zero));
    private readonly ClipCounters _counters = new();
    private readonly CameraClips _clips;

    public CameraClipsTests()
    {
        _clips = new CameraClips("yard", _counters, _time, NullLogger<CameraClips>.Instance);
        foreach (var id in s_ids)
        {
            Make(id);
        }
    }

    public void Dispose()
    {
        _clips.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_newest_come_first_page_by_page()
    {
        Open();
        var first = _clips.List(2, null);
        Assert.Equal([s_ids[4], s_ids[3]], first.Clips.Select(clip => clip.Id));
        var second = _clips.List(2, first.Next);
        Assert.Equal([s_ids[2], s_ids[1]], second.Clips.Select(clip => clip.Id));
        var last = _clips.List(2, second.Next);
        Assert.Equal([s_ids[0]], last.Clips.Select(clip => clip.Id));
        Assert.Equal((5, null), (last.Total, last.Next));
    }

    [Fact]
    public void By_age_they_go_even_while_nothing_happens()
    {
        Open(keepDays: 3);
        Assert.Equal(s_ids[2..], Left());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(s_ids[3..], Left());
        Assert.Equal(2, _counters.Kept);
    }

    [Fact]
    public void Above_the_size_the_oldest_go()
    {
        Open(bytes: 2500);
        Assert.Equal(s_ids[3..], Left());
        Assert.InRange(_counters.Bytes, 2000, 2500);
    }

    [Fact]
    public void Neither_a_clip_that_is_being_written_nor_another_folder_is_deleted()
    {
        Directory.CreateDirectory(_folder["other"]);
        Open(bytes: 1);
        var part = _clips.Create(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(Directory.Exists(part.PartPath));
        Assert.True(Directory.Exists(_folder["other"]));
        Assert.Empty(Left());
    }

    [Fact]
    public void A_deleted_clip_is_gone_and_another_file_in_its_folder_stays()
    {
        Open();
        File.WriteAllText(_folder[$"{s_ids[1]}/notes.txt"], "mine");
        Assert.True(_clips.Delete(s_ids[0]));
        Assert.False(_clips.Delete(s_ids[0]));
        Assert.Throws<IOException>(() => _clips.Delete(s_ids[1]));
        Assert.Equal("mine", File.ReadAllText(_folder[$"{s_ids[1]}/notes.txt"]));
        Assert.Equal([s_ids[4], s_ids[3], s_ids[2]], _clips.List(10, null).Clips.Select(clip => clip.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("2026-03-01T12-00-00.000Z/../../outside")]
    [InlineData("2026-03-01T12-00-00.000Z/")]
    [InlineData("2026-03-01T12-00-00.000Z\n")]
    [InlineData("2026-03-01T12-00-00.000Z.part")]
    [InlineData("2026-03-09T12-00-00.000Z")]
    public void No_other_name_is_a_clip(string id)
    {
        Directory.CreateDirectory(_folder["2026-03-01T12-00-00.000Z.part"]);
        Open();
        Assert.Null(_clips.OpenFile(id, ClipFiles.Facts));
        Assert.False(_clips.Delete(id));
        Assert.Equal(5, _clips.List(10, null).Total);
    }

    private void Open(double keepDays = 3650, double bytes = 1e9)
    {
        var keepFor = TimeSpan.FromDays(keepDays);
        _clips.Open(() => new RecordingFolder(_folder.Root, bytes, 0, NullLogger.Instance, extension: "", keepFor: keepFor, time: _time));
    }

    private string[] Left() =>
        [.. Directory.GetDirectories(_folder.Root, "*Z").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    // About a thousand bytes each.
    private void Make(string id)
    {
        Directory.CreateDirectory(_folder[id]);
        var lost = new ClipEvent("lost", null, null, null, 1, null, 12, Frames.Noon, null);
        var facts = new ClipFacts(id, "yard", Frames.Noon, 1, 64, 48, [lost], []);
        File.WriteAllBytes(_folder[$"{id}/event.json"], JsonSerializer.SerializeToUtf8Bytes(facts, ClipJson.Default.ClipFacts));
        File.WriteAllBytes(_folder[$"{id}/video.mp4"], new byte[800]);
    }
}
