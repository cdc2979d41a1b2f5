using SwiftNet.Imaging.Png;
using SwiftNet.Live.Output.Files;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Files;

public sealed class MaskPngSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_frame_has_its_mask_also_one_without_objects()
    {
        await using var sink = new MaskPngSink(_folder["masks"]);
        var ids = Frames.Box(20, 10, 3, 2, 2, 6, 5);
        using var with = Frames.Plain(20, 10, (9, 9, 9), 0).With(ids);
        using var without = Frames.Plain(20, 10, (9, 9, 9), 1);
        await sink.WriteAsync(with, default, TestContext.Current.CancellationToken);
        await sink.WriteAsync(without, default, TestContext.Current.CancellationToken);
        await sink.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ids, IndexedPng.Read(Path.Combine(_folder["masks"], "00000.png")).Ids);
        Assert.Equal(new byte[200], IndexedPng.Read(Path.Combine(_folder["masks"], "00001.png")).Ids);
    }

    [Fact]
    public async Task Each_object_has_a_picture_of_its_own_white_on_black()
    {
        await using var sink = new ObjectMaskSink(_folder["masks"]);
        var ids = Frames.Box(20, 10, 3, 2, 2, 6, 5);
        ids[0] = 7;
        using var with = Frames.Plain(20, 10, (9, 9, 9), 4).With(ids, objects: [new ObjectConfidence(2, 0), new ObjectConfidence(3, 1)]);
        using var without = Frames.Plain(20, 10, (9, 9, 9), 5);
        await sink.WriteAsync(with, default, TestContext.Current.CancellationToken);
        await sink.WriteAsync(without, default, TestContext.Current.CancellationToken);
        await sink.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ["00004-2.png", "00004-3.png"], Directory.GetFiles(_folder["masks"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(new byte[200], Ffmpeg.Decode(Path.Combine(_folder["masks"], "00004-2.png"), "gray"));
        Assert.Equal(
            ids.Select(id => id == 3 ? byte.MaxValue : (byte)0), Ffmpeg.Decode(Path.Combine(_folder["masks"], "00004-3.png"), "gray"));
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_leaves_no_half_file()
    {
        using var disk = SmallDisk.Mount(kilobytes: 16);
        await using var sink = new MaskPngSink(disk["masks"]);
        var noise = new byte[200 * 200];
        new Random(1).NextBytes(noise);
        using var frame = Frames.Plain(200, 200, (0, 0, 0)).With(noise);
        await Assert.ThrowsAsync<IOException>(async () => await sink.WriteAsync(frame, default, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(disk["masks"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(_folder["file"], "");
        var error = Assert.Throws<UserErrorException>(() => new MaskPngSink(_folder["file"]));
        Assert.Contains("is not writable", error.Message, StringComparison.Ordinal);
    }
}
