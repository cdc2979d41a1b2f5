using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Output.Files;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Files;

/// <summary>What live runs write: segments named by the time of their first frame, none of which is ever written over.</summary>
public sealed class LiveResultsTests : IDisposable
{
    private static readonly ResultFilesOptions s_bounds = new() { SegmentMinutes = 10, SegmentMegabytes = 1 };
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Frames.Noon);
    private readonly WarningLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Object_lines_begin_a_new_file_by_time_and_every_line_is_in_one_of_them()
    {
        await using var sink = Lines();
        for (var n = 0; n < 30; n++)
        {
            await WriteAsync(sink, n);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        await sink.CompleteAsync(Cancellation);

        Assert.Equal(["2026-03-01T12-00-00.000Z.jsonl", "2026-03-01T12-00-00.400Z.jsonl", "2026-03-01T12-00-00.800Z.jsonl"], LineFiles());
        Assert.Equal(
            Enumerable.Range(0, 30).Select(n => $"{{\"frame\":{n},"),
            LineFiles()
                .SelectMany(name => File.ReadLines(_folder[name]))
                .Select(line => line[..(line.IndexOf(',', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public async Task A_second_run_leaves_what_a_crash_of_the_first_one_left_and_gives_it_its_name()
    {
        var crashed = Lines();
        await WriteAsync(crashed, 0);
        await crashed.DisposeAsync();
        Assert.Equal(["2026-03-01T12-00-00.000Z.jsonl.part.jsonl"], LineFiles());

        // The clock was set back: the first frame of both has the same time.
        await using var sink = Lines();
        await WriteAsync(sink, 0);
        await WriteAsync(sink, 1);
        await sink.CompleteAsync(Cancellation);

        Assert.Equal(["2026-03-01T12-00-00.000Z-2.jsonl", "2026-03-01T12-00-00.000Z.jsonl"], LineFiles());
        Assert.Equal(
            (1, 2),
            (
                File.ReadLines(_folder["2026-03-01T12-00-00.000Z.jsonl"]).Count(),
                File.ReadLines(_folder["2026-03-01T12-00-00.000Z-2.jsonl"]).Count()));
    }

    [Fact]
    public async Task Masks_and_those_of_single_objects_lie_together_in_a_folder_for_each_segment()
    {
        using var folder = Masks(new ResultFilesOptions());
        await using var masks = new MaskPngSink(folder);
        await using var objects = new ObjectMaskSink(folder);
        for (var n = 0; n < 20; n += 10)
        {
            using var frame = Frames.Plain(20, 10, (0, 0, 0), n).With(
                Frames.Box(20, 10, 2, 3, 1, 5, 4), WriteReason.None, null, new ObjectConfidence(2, 1));
            await masks.WriteAsync(frame, default, Cancellation);
            await objects.WriteAsync(frame, default, Cancellation);
            _time.Advance(TimeSpan.FromMinutes(11));
        }

        Assert.Equal(
            [
                "2026-03-01T12-00-00.000Z/00000-2.png", "2026-03-01T12-00-00.000Z/00000.png", "2026-03-01T12-00-00.400Z/00010-2.png",
                "2026-03-01T12-00-00.400Z/00010.png",
            ],
            Directory.EnumerateFiles(_folder.Root, "*.png", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_folder.Root, path))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_oldest_folders_of_masks_make_room_and_no_other_is_touched()
    {
        string[] names = ["2026-03-01T10-00-00.000Z", "2026-03-01T11-00-00.000Z", "mine"];
        foreach (var name in names)
        {
            Directory.CreateDirectory(_folder[name]);
            File.WriteAllBytes(_folder[$"{name}/00000.png"], new byte[2000]);
        }

        // A folder with something else in it stays, and so does what is in it.
        File.WriteAllText(_folder["2026-03-01T10-00-00.000Z/notes.txt"], "the user's own");
        using (var folder = Masks(s_bounds, keepBytes: 1000))
        {
            await using var masks = new MaskPngSink(folder);
            using var frame = Frames.Plain(20, 10, (0, 0, 0));
            await masks.WriteAsync(frame, default, Cancellation);
        }

        Assert.Equal(
            ["2026-03-01T10-00-00.000Z", "2026-03-01T12-00-00.000Z", "mine"],
            Directory.GetDirectories(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(_folder["2026-03-01T10-00-00.000Z/notes.txt"]));
        Assert.True(File.Exists(_folder["mine/00000.png"]));
    }

    [Fact]
    public async Task An_output_whose_folder_cannot_be_written_fails_by_itself_and_is_opened_when_it_can()
    {
        File.WriteAllText(_folder["masks"], "a file where the folder should be");
        await using var sink = new RetriedSink("masks", false, () => new MaskPngSink(new MaskFolder(_folder["masks"])), _time);
        var error = await Assert.ThrowsAsync<IOException>(async () => await WriteAsync(sink, 0));
        Assert.Contains("not writable", error.Message, StringComparison.Ordinal);

        File.Delete(_folder["masks"]);
        _time.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(sink, 1);
        Assert.Equal(["00001.png"], Directory.GetFiles(_folder["masks"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_is_one_process_s_and_is_left_as_it_was()
    {
        using (FolderLock.Take(_folder.Root, "Output:Directory"))
        {
            var error = Assert.Throws<UserErrorException>(() => FolderLock.Take(_folder.Root, "Output:Directory"));
            Assert.True(FolderLock.IsInUse(error));
            Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_folder.Names);

        // What a killed process left is nobody's.
        File.WriteAllText(_folder[".lock"], "1 gone");
        FolderLock.Take(_folder.Root, "Output:Directory").Dispose();
        Assert.Empty(_folder.Names);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string[] LineFiles() => [.. _folder.Names.Where(name => name != ".lock")];

    private JsonLinesSink Lines() =>
        new(new LineSegments(new RecordingFolder(_folder.Root, 1e9, 0, _log, extension: ".jsonl"), s_bounds, _time), rle: false);

    private MaskFolder Masks(ResultFilesOptions bounds, double keepBytes = 1e9) =>
        new(new RecordingFolder(_folder.Root, keepBytes, 0, _log, extension: ""), bounds, _time);

    private static async Task WriteAsync(IFrameSink sink, long number)
    {
        using var frame = Frames.Plain(20, 10, (0, 0, 0), number);
        await sink.WriteAsync(frame, default, Cancellation);
    }
}
