using System.Text.Json;
using SwiftNet.Live.Output.Files;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Files;

public sealed class JsonLinesSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_tells_frame_time_age_reason_and_objects()
    {
        await using (var sink = new JsonLinesSink(_folder["objects.jsonl"]))
        {
            await Write(
                sink,
                Frames.Plain(20, 10, (0, 0, 0), 7, 0.2335667).With(
                    Frames.Box(20, 10, 2, 3, 1, 5, 4),
                    WriteReason.Variation,
                    null,
                    new ObjectConfidence(1, 0),
                    new ObjectConfidence(2, 0.98768f)));
            await Write(sink, Frames.Plain(20, 10, (0, 0, 0), 9));
            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["objects.jsonl"], _folder.Names);
        var lines = await File.ReadAllLinesAsync(_folder["objects.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            """{"frame":7,"name":"00007","time":"2026-03-01T12:00:00.28+00:00","media_time":0.233567,"age_ms":12.5,"write":"variation","objects":[{"id":1,"box":null,"area":0,"confidence":0},{"id":2,"box":[3,1,5,4],"area":20,"confidence":0.9877}]}""",
            lines[0]);
        using var second = JsonDocument.Parse(lines[1]);
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("age_ms").ValueKind);
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("write").ValueKind);
        Assert.Equal(0, second.RootElement.GetProperty("objects").GetArrayLength());
    }

    [Fact]
    public async Task Names_and_colours_are_told_where_they_were_given()
    {
        await using (var sink = new JsonLinesSink(_folder["objects.jsonl"]))
        {
            using var frame = Frames.Plain(3, 4, (0, 0, 0))
                .With(new byte[12], WriteReason.None, null, new ObjectConfidence(1, 0), new ObjectConfidence(2, 0))
                .Dressed((2, "red cup", (255, 0, 16)));
            await sink.WriteAsync(frame, default, TestContext.Current.CancellationToken);
            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        }

        var line = Assert.Single(await File.ReadAllLinesAsync(_folder["objects.jsonl"], TestContext.Current.CancellationToken));
        Assert.EndsWith(""","objects":[{"id":1,"box":null,"area":0,"confidence":0},{"id":2,"name":"red cup","colour":"#ff0010","box":null,"area":0,"confidence":0}]}""", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_run_lengths_each_object_has_its_mask_as_COCO_writes_it()
    {
        await using (var sink = new JsonLinesSink(_folder["objects.jsonl"], rle: true))
        {
            await Write(
                sink,
                Frames.Plain(3, 4, (0, 0, 0)).With(
                    Frames.Box(3, 4, 2, 1, 1, 2, 2), WriteReason.None, null, new ObjectConfidence(1, 0), new ObjectConfidence(2, 1)));
            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        }

        // Column by column: 5 without, 2 with, 2 without, 2 with, 1 without.
        var line = Assert.Single(await File.ReadAllLinesAsync(_folder["objects.jsonl"], TestContext.Current.CancellationToken));
        Assert.EndsWith(
            ""","objects":[{"id":1,"box":null,"area":0,"confidence":0,"rle":{"size":[4,3],"counts":"<"}},{"id":2,"box":[1,1,2,2],"area":4,"confidence":1,"rle":{"size":[4,3],"counts":"5220O"}}]}""",
            line,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_JSON_must_escape_are_read_back()
    {
        const string Name = "a \"b\" \\ \n é";
        using var plain = Frames.Plain(1, 1, (0, 0, 0));
        await using (var sink = new JsonLinesSink(_folder["objects.jsonl"]))
        {
            using var frame = new SwiftNet.Live.Pipeline.Frame
            {
                Number = 0,
                Name = Name,
                CapturedAt = 0,
                CapturedTime = Frames.Noon,
                Width = 1,
                Height = 1,
                Pixels = SwiftNet.Live.Pipeline.PooledArray<byte>.Rent(3),
            };
            await sink.WriteAsync(frame, default, TestContext.Current.CancellationToken);
            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        }

        using var line = JsonDocument.Parse(
            Assert.Single(await File.ReadAllLinesAsync(_folder["objects.jsonl"], TestContext.Current.CancellationToken)));
        Assert.Equal(Name, line.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_was_written_before_a_crash_is_in_the_part_file()
    {
        await using var sink = new JsonLinesSink(_folder["objects.jsonl"]);
        await Write(sink, Frames.Plain(4, 4, (0, 0, 0), 1));
        Assert.Equal(["objects.jsonl.part"], _folder.Names);
        Assert.EndsWith(
            "}\n",
            await File.ReadAllTextAsync(_folder["objects.jsonl.part"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_no_line_is_broken_by_it()
    {
        using var disk = SmallDisk.Mount(kilobytes: 12);
        await using var sink = new JsonLinesSink(disk["objects.jsonl"]);
        var taken = 0;
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; taken < 1000; taken++)
            {
                await Write(sink, Frames.Plain(4, 4, (0, 0, 0), taken));
            }
        });
        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        var lines = await File.ReadAllLinesAsync(disk["objects.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal(taken, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task A_run_without_frames_leaves_the_lines_of_the_one_before()
    {
        await File.WriteAllTextAsync(_folder["objects.jsonl"], "the one before", TestContext.Current.CancellationToken);
        await using (var sink = new JsonLinesSink(_folder["objects.jsonl"]))
        {
            await sink.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["objects.jsonl"], _folder.Names);
        Assert.Equal("the one before", await File.ReadAllTextAsync(_folder["objects.jsonl"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_folder_that_takes_no_files_is_told()
    {
        File.WriteAllText(_folder["file"], "");
        var error = Assert.Throws<UserErrorException>(() => new JsonLinesSink(Path.Combine(_folder["file"], "objects.jsonl")));
        Assert.Contains("is not writable", error.Message, StringComparison.Ordinal);
    }

    private static async Task Write(JsonLinesSink sink, SwiftNet.Live.Pipeline.Frame frame)
    {
        using (frame)
        {
            await sink.WriteAsync(frame, default, TestContext.Current.CancellationToken);
        }
    }
}
