using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>Bad input and broken parts, through the process: one clear line, exit code 1, and nothing lost that was finished.</summary>
public sealed class SegmentCommandErrorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_no_video_is_refused()
    {
        File.WriteAllText(_folder["in.mp4"], "no video");

        LiveProcess.AssertOneLine("in.mp4 cannot be read as a video", Segment("in.mp4"));
    }

    [Fact]
    public void Of_a_truncated_video_what_was_decoded_is_kept()
    {
        Videos.FromPattern(_folder["in.mkv"], "test:moving?size=160x96&frames=30", "-g", "5");
        using (var file = File.OpenWrite(_folder["in.mkv"]))
        {
            file.SetLength(file.Length / 2);
        }

        LiveProcess.AssertOneLine("damaged or truncated", Segment("in.mkv"));

        AssertWhole(1, 29);
    }

    [Fact]
    public void When_the_decoder_is_killed_what_was_captured_is_finished_and_kept()
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=1000");
        using var process = Start("in.mp4");
        process.WaitUntil(() => File.Exists(_folder["out/masks/00005.png"]));

        process.KillChild("pipe:1");

        LiveProcess.AssertOneLine("in.mp4 was killed after", process.Wait());
        AssertWhole(6, 999);
    }

    [Fact]
    public void An_image_that_cannot_be_read_ends_the_run_behind_those_before_it()
    {
        Directory.CreateDirectory(_folder["in"]);
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=5");
        Ffmpeg.Convert(_folder["in.mp4"], _folder["in/%02d.png"]);
        File.WriteAllText(_folder["in/04.png"], "no image");

        LiveProcess.AssertOneLine("04.png cannot be read", Segment("in"));

        AssertWhole(3, 3);
    }

    [Fact]
    public void A_folder_that_is_taken_away_meanwhile_costs_its_own_files_and_the_exit_code()
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=300");
        using var process = Start("in.mp4");
        process.WaitUntil(() => File.Exists(_folder["out/masks/00005.png"]));

        Directory.Move(_folder["out/masks"], _folder["elsewhere"]);

        var (code, _, errors) = process.Wait();
        Assert.Equal(1, code);
        Assert.Contains("frames could not be written", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(300, File.ReadLines(_folder["out/objects.jsonl"]).Count());
        Assert.Equal(300, Videos.Numbers(_folder["out/overlay.mp4"]).Length);
    }

    [Theory]
    [InlineData(96, 96, 1, "mask.png is 96x96, the frame 160x96")]
    [InlineData(160, 96, 0, "mask.png is empty")]
    [InlineData(160, 96, 3, "holds 3 objects; Budget:MaxObjects allows 2")]
    public void A_mask_that_cannot_be_followed_is_refused_and_no_result_is_made(int width, int height, int objects, string expected)
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=3");
        IndexedPng.Write(
            _folder["mask.png"], width, height, [.. Enumerable.Range(0, width * height).Select(pixel => (byte)(pixel % (objects + 1)))]);

        var result = LiveProcess.Run(
            "segment", _folder["in.mp4"], "--mask", _folder["mask.png"], "--output", _folder["out"], "--Budget:MaxObjects=2");

        LiveProcess.AssertOneLine(expected, result);
        Assert.Empty(Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_before_the_first_frame()
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=3");
        File.WriteAllText(_folder["out"], "a file where the folder should be");

        LiveProcess.AssertOneLine("not writable", Segment("in.mp4"));
    }

    [Fact]
    public void Without_ffmpeg_it_says_how_to_install_it()
    {
        File.WriteAllText(_folder["in.mp4"], "never read");
        using var process = LiveProcess.In(AppContext.BaseDirectory, "/nowhere", Arguments("in.mp4"));

        LiveProcess.AssertOneLine("apt-get install", process.Wait());
    }

    [Fact]
    public void Without_an_object_it_says_how_to_give_one()
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=3");

        LiveProcess.AssertOneLine("--box x,y,w,h", LiveProcess.Run("segment", _folder["in.mp4"], "--output", _folder["out"]));
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private string[] Arguments(string input) =>
        ["segment", _folder[input], "--polygon", "64,40;96,40;96,72;64,72", "--output", _folder["out"], "--Segment:Size=160x96"];

    private (int Code, string Output, string Errors) Segment(string input) => LiveProcess.Run(Arguments(input));

    private LiveProcess Start(string input) => new(Arguments(input));

    private void AssertWhole(int fewest, int most)
    {
        var masks = Directory.GetFiles(_folder["out/masks"]);
        Assert.InRange(masks.Length, fewest, most);
        Assert.All(masks, mask => Assert.Equal(160, IndexedPng.Read(mask).Width));
        Assert.Equal(masks.Length, File.ReadLines(_folder["out/objects.jsonl"]).Count());
        Assert.Equal(Enumerable.Range(0, masks.Length).Select(n => (long?)n), Videos.Numbers(_folder["out/overlay.mp4"]));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories),
            file => file.Contains(".part", StringComparison.Ordinal));
    }
}
