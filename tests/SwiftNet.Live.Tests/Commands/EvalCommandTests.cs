using System.Globalization;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvalCommandTests() => MadeDataset.WriteDavis(_folder.Root, 4, "walk", "again");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prints_a_row_a_sequence_and_the_four_figures_last()
    {
        var (code, output, errors) = LiveProcess.Run(
            "eval", "--davis", _folder.Root, "--csv", _folder["scores.csv"], "--Segment:Size=96x96", "--Segment:Window=auto");

        Assert.True(code == 0, errors);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("walk ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("again ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("all objects ", lines[3], StringComparison.Ordinal);
        Assert.Matches(@"^pixels \d+ moved \d+\.\d % reshaped \d+\.\d % whole \d+\.\d %$", lines[4]);
        Assert.Matches(@"^J&F \d+\.\d J \d+\.\d F \d+\.\d FPS \d+\.\d$", lines[5]);

        // Over all objects, of which there are two a sequence.
        var objects = File.ReadAllLines(_folder["scores.csv"]).Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.Equal(["walk 1", "walk 2", "again 1", "again 2"], objects.Select(o => $"{o[0]} {o[1]}"));
        var (j, f) = (objects.Average(o => double.Parse(o[3], CultureInfo.InvariantCulture)), objects.Average(o => double.Parse(o[6], CultureInfo.InvariantCulture)));
        Assert.StartsWith($"J&F {50 * (j + f):0.0} J {100 * j:0.0} F {100 * f:0.0} FPS ", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_sequences_named_are_run()
    {
        var (code, output, errors) = LiveProcess.Run(
            "eval", "--davis", _folder.Root, "--year", "2016", "--sequences", "again", "--masks", _folder["masks"]);

        Assert.True(code == 0, errors);
        Assert.DoesNotContain("walk", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["masks"], "again", "00003.png")));
        Assert.False(Directory.Exists(Path.Combine(_folder["masks"], "walk")));
    }

    [Fact]
    public void Objects_are_taken_out_of_clips_and_looked_for_afterwards()
    {
        File.WriteAllText(_folder["clips.txt"], "# SEQUENCE FIRST LEAVE RETURN END\nwalk 0 1 3 4\nagain 0 2 3 4\n");

        var (code, output, errors) = LiveProcess.Run(
            "eval", "--davis", _folder.Root, "--absence", _folder["clips.txt"], "--Segment:Size=96x96");

        Assert.True(code == 0, errors);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("walk: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("again: ", lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^found again \d of 2 \(\d+ %\), false recoveries on \d of 2 tails \(\d+ %\)$", lines[2]);
    }

    [Theory]
    [InlineData("walk 0 1 5 6", "has 4 pictures; its clip ends at 6")]
    [InlineData("walk 0 2 1 4", "is not SEQUENCE FIRST LEAVE RETURN END")]
    [InlineData("walk 0 1", "is not SEQUENCE FIRST LEAVE RETURN END")]
    [InlineData("run 0 1 2 3", "run")]
    [InlineData("# nothing", "names no clip")]
    public void A_wrong_list_of_clips_is_one_clear_line(string list, string expected)
    {
        File.WriteAllText(_folder["clips.txt"], list);

        var (code, _, errors) = LiveProcess.Run("eval", "--davis", _folder.Root, "--absence", _folder["clips.txt"], "--Segment:Size=96x96");

        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name one benchmark")]
    [InlineData("no DAVIS 2018", "--davis", "ROOT", "--year", "2018")]
    [InlineData("no sequence run; it has walk, again", "--davis", "ROOT", "--sequences", "run")]
    [InlineData("no split train", "--davis", "ROOT", "--split", "train")]
    [InlineData("/nowhere is missing", "--youtube-vos", "/nowhere")]
    public void A_wrong_command_line_is_one_clear_line(string expected, params string[] arguments)
    {
        var (code, _, errors) = LiveProcess.Run(["eval", .. arguments.Select(a => a == "ROOT" ? _folder.Root : a)]);

        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
