using System.Text.Json;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

/// <summary>The real executable, twice in one folder: after one another nothing is lost, at once the second is refused.</summary>
public sealed class EarlierResultsTests : IDisposable
{
    // More than a video's header: without a frame behind it there is nothing to keep of a run that was killed.
    private const int HeaderBytes = 8192;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void After_a_crash_and_a_restart_lines_masks_and_overlay_of_both_runs_are_there()
    {
        using (var process = Start())
        {
            process.WaitUntil(
                () =>
                    Lines().Sum(file => File.ReadLines(file).Count()) > 60
                        && Overlays().Any(file => new FileInfo(file).Length > HeaderBytes));
            process.Signal(9);
        }

        var (lines, masks) = (File.ReadAllLines(Assert.Single(Lines())), Masks());
        using (var again = Start())
        {
            again.WaitUntil(() => Lines().Length == 2 && Masks().Length > masks.Length + 10 && Overlays().Length == 2);
            again.Terminate();
            Assert.Equal(0, again.Wait().Code);
        }

        Assert.Equal(lines, File.ReadAllLines(Lines()[0]));
        Assert.All(Lines().SelectMany(File.ReadLines), line => JsonDocument.Parse(line).Dispose());
        Assert.Empty(masks.Except(Masks()));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories),
            file => file.Contains(".part", StringComparison.Ordinal));
        var videos = Overlays();
        Assert.Equal(2, videos.Length);
        Assert.All(videos, video => Assert.NotEmpty(Videos.Numbers(video)));
    }

    [Theory]
    [InlineData("--Output:JsonLines=true")]
    [InlineData("--Output:Recording:Enabled=true")]
    [InlineData("--Objects:StateFolder={0}")]
    public void While_one_process_writes_into_a_folder_a_second_one_is_refused_in_one_line(string writes)
    {
        string[] arguments =
        [
            string.Format(writes, _folder.Root),
            "--Capture:Source=test:moving?size=160x96&fps=30",
            "--Segment:Size=96x96",
            "--Web:Enabled=false",
            $"--Output:Directory={_folder.Root}",
        ];
        using var first = new LiveProcess(arguments);
        first.WaitUntil(() => File.Exists(_folder[".lock"]));

        LiveProcess.AssertOneLine($"The folder {_folder.Root} is in use by another process", LiveProcess.Run(arguments));
        Assert.False(first.HasExited);
        first.Terminate();
        Assert.Equal(0, first.Wait().Code);
        Assert.False(File.Exists(_folder[".lock"]));
    }

    [Fact]
    public void A_video_that_is_segmented_into_a_folder_that_another_process_uses_is_refused()
    {
        Videos.FromPattern(_folder["in.mp4"], "test:moving?size=160x96&frames=600");
        string[] arguments =
        [
            "segment", _folder["in.mp4"], "--polygon", "64,40;96,40;96,72;64,72", "--output", _folder["out"], "--Segment:Size=160x96",
        ];
        using var first = new LiveProcess(arguments);
        first.WaitUntil(() => File.Exists(_folder["out/masks/00001.png"]));

        LiveProcess.AssertOneLine("is in use by another process", LiveProcess.Run([.. arguments, "--overwrite"]));
        first.Terminate();
        Assert.Equal(0, first.Wait().Code);
    }

    private LiveProcess Start() => new(
        "--Capture:Source=test:moving?size=160x96&fps=30", "--Web:Enabled=false", "--Segment:Size=96x96",
        "--Objects:Polygons=64,40;96,40;96,72;64,72",
        $"--Output:Directory={_folder.Root}", "--Output:Overlay=true", "--Output:Masks=true", "--Output:JsonLines=true");

    private string[] Lines() => Files("objects", "*.jsonl");

    private string[] Masks() => Files("masks", "*.png");

    private string[] Overlays() => Files("overlay", "*.mp4");

    private string[] Files(string folder, string pattern) =>
        Directory.Exists(_folder[folder])
            ? [.. Directory.GetFiles(_folder[folder], pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
}
