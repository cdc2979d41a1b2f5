using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

public sealed class EvalPromptsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvalPromptsCommandTests() => MadeDataset.WriteDavis(_folder.Root, 3, "walk");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prints_the_figures_and_keeps_pictures()
    {
        var (code, output, errors) = LiveProcess.Run(
            "eval-prompts", "--davis", _folder.Root, "--splits", "val", "--fast-only", "--pictures", _folder["pictures"]);

        Assert.True(code == 0, errors);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^IoU +box +1 point +3 points +6 points +box ms +p95 +point ms +p95$", lines[0].TrimEnd());
        Assert.Matches(@"^network +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d +\d+ +\d+ +\d+ +\d+$", lines[1]);
        Assert.True(File.Exists(Path.Combine(_folder["pictures"], "walk-box.png")));
        Assert.True(File.Exists(Path.Combine(_folder["pictures"], "walk-1.png")));
    }

    [Theory]
    [InlineData("no DAVIS 2018", "--year", "2018")]
    [InlineData("no split train", "--splits", "train")]
    [InlineData("Name a split", "--splits", ",")]
    public void A_wrong_command_line_is_one_clear_line(string expected, params string[] arguments)
    {
        var (code, _, errors) = LiveProcess.Run(["eval-prompts", "--davis", _folder.Root, .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
