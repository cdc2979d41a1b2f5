namespace SwiftNet.Live.Tests.Commands;

public sealed class RunCommandTests
{
    [Fact]
    public void Run_is_the_default_and_ends_with_its_source_and_a_ledger_that_balances()
    {
        var (code, _, errors) = LiveProcess.Run("--Capture:Source=test:moving?size=160x96&fps=100&frames=20", "--Web:Enabled=false");

        Assert.Equal(0, code);
        Assert.Contains("captured 20 = written", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unaccounted", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_one_line_and_exit_code_1() =>
        AssertOneLine("cuda:7", "--Segment:Device=cuda:7", "--Capture:Source=test:moving", "--Web:Enabled=false");

    [Fact]
    public void A_missing_video_is_one_line_and_exit_code_1() =>
        AssertOneLine("/nowhere/clip.mp4 is missing", "--Capture:Source=/nowhere/clip.mp4", "--Web:Enabled=false");

    [Fact]
    public void Missing_weights_are_one_line_and_exit_code_1() =>
        AssertOneLine("weights /nowhere.safetensors are missing", "run", "--Segment:Weights=/nowhere.safetensors", "--Web:Enabled=false");

    [Fact]
    public void Invalid_options_are_told_at_once_before_anything_starts()
    {
        var (code, _, errors) = LiveProcess.Run("--Segment:Threads=-1", "--Memory:Betta", "3");

        Assert.Equal(1, code);
        Assert.Contains("Segment:Threads=-1", errors, StringComparison.Ordinal);
        Assert.Contains("did you mean Memory:Beta?", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_is_refused()
    {
        var (code, _, errors) = LiveProcess.Run("explode");

        Assert.NotEqual(0, code);
        Assert.Contains("explode", errors, StringComparison.Ordinal);
    }

    private static void AssertOneLine(string expected, params string[] arguments)
    {
        var (code, _, errors) = LiveProcess.Run(arguments);

        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
