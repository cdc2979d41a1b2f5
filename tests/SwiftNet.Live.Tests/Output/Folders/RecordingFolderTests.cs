using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Folders;

public sealed class RecordingFolderTests : IDisposable
{
    private const string Oldest = "2026-03-01T12-00-00.000Z.mp4";
    private const string Older = "2026-03-01T12-10-00.000Z.mp4";
    private const string Newest = "2026-03-01T12-20-00.000Z.mp4";
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_named_by_their_first_frame_in_UTC_and_no_name_comes_twice()
    {
        using var folder = new RecordingFolder(_folder.Root, 1e9, 0, _log);
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 280, TimeSpan.FromHours(2));
        Assert.Equal(_folder["2026-03-01T10-00-00.280Z.mp4"], folder.Next(noon).Path);
        Fill(_folder["2026-03-01T10-00-00.280Z.mp4"], 1);
        Assert.Equal(_folder["2026-03-01T10-00-00.280Z-2.mp4"], folder.Next(noon).Path);
    }

    [Fact]
    public void The_oldest_make_room_and_no_other_file_is_touched()
    {
        string[] others =
        [
            "a.mp4", "2026-03-01.mp4", "2026-03-01T12-00-00.000Z.txt", "2026-03-01T12-00-00.000Z.mp4.bak", "x2026-03-01T12-00-00.000Z.mp4",
        ];
        Array.ForEach(others, name => Fill(_folder[name], 5000));
        Directory.CreateDirectory(_folder["2026-03-01T11-00-00.000Z.mp4"]);
        Fill(_folder[Oldest], 400);
        Fill(_folder[Older], 400);
        Fill(_folder[Newest], 400);
        using var folder = new RecordingFolder(_folder.Root, 900, 0, _log);

        folder.MakeRoom(current: null);

        Assert.Equal([.. others.Append(Older).Append(Newest).Append(".lock").Order(StringComparer.Ordinal)], _folder.Names);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void What_is_being_written_counts_but_is_never_deleted()
    {
        Fill(_folder[Oldest + ".part.mp4"], 400);
        using var folder = new RecordingFolder(_folder.Root, 300, 0, _log);
        Fill(_folder[Older + ".part.mp4"], 400);
        folder.MakeRoom(_folder[Older + ".part.mp4"]);
        Assert.Equal([".lock", Older + ".part.mp4"], _folder.Names);
    }

    [Fact]
    public void Below_the_floor_the_oldest_go_and_when_none_is_left_that_is_told_once()
    {
        using var disk = SmallDisk.Mount(kilobytes: 512);
        Array.ForEach([Oldest, Older, Newest], name => Fill(disk[name], 100_000));
        using var folder = new RecordingFolder(disk[""], 1e9, 350_000, _log);
        folder.MakeRoom(current: null);
        Assert.Equal([".lock", Newest], Directory.EnumerateFiles(disk[""]).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Fill(disk["other"], 300_000);
        folder.MakeRoom(current: null);
        folder.MakeRoom(current: null);
        Assert.Equal([".lock", "other"], Directory.EnumerateFiles(disk[""]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(_log.Warnings, line => line.Contains("no older recording can be deleted", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_crash_cut_off_gets_its_name()
    {
        Fill(_folder[Oldest + ".part.mp4"], 400);
        using var folder = new RecordingFolder(_folder.Root, 1e9, 0, _log);
        Assert.Equal([".lock", Oldest], _folder.Names);
        Assert.Contains("cut off", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_do_not_record_into_one_folder()
    {
        using var folder = new RecordingFolder(_folder.Root, 1e9, 0, _log);
        var error = Assert.Throws<UserErrorException>(() => new RecordingFolder(_folder.Root, 1e9, 0, _log));
        Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
    }

    private static void Fill(string path, int bytes)
    {
        var content = new byte[bytes];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(path, content);
    }
}
