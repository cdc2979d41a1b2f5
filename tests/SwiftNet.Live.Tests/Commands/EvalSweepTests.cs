using OpenCvSharp;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands;

/// <summary><c>eval --sweep</c>, as it is called.</summary>
public sealed class EvalSweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_table_of_memories_is_printed_and_kept()
    {
        MadeDataset.WriteDavis(_folder.Root, 7, "walk", "again");

        var lines = Sweep("table2");

        Assert.Matches(@"^memory +previous frame +J&F +J +F +written % +memory pixels +ms +FPS$", lines[0]);
        Assert.Equal(11, lines.Length);
        Assert.Matches(@"^no writes +on +\d+\.\d +\d+\.\d +\d+\.\d +0\.0 +30 +\d+\.\d +\d+\.\d$", lines[1]);
        Assert.Matches(@"^every 5 frames, β 0\.1 +off +\d+\.\d +\d+\.\d +\d+\.\d +16\.7 +33 +\d+\.\d +\d+\.\d$", lines[6]);
        var kept = File.ReadAllLines(_folder["sweep/table2.csv"]);
        Assert.Equal(1 + (10 * 3), kept.Length);
        Assert.Equal(["all", "walk", "again"], kept.Skip(1).Take(3).Select(line => line.Split(',')[^10]));
        Assert.Equal(["table2.csv"], Kept);
    }

    [Fact]
    public void Figures_over_beta_are_printed_kept_and_drawn()
    {
        MadeDataset.WriteDavis(_folder.Root, 7, "walk");

        var lines = Sweep("beta");

        Assert.Equal(1 + (2 * 2 * 6), lines.Length);
        Assert.Contains(lines, line => line.StartsWith("every 5 frames, β 0.02 ", StringComparison.Ordinal));
        Assert.Equal(1 + (2 * 2 * 6 * 2), File.ReadAllLines(_folder["sweep/beta.csv"]).Length);
        using var picture = Cv2.ImRead(_folder["sweep/beta.png"], ImreadModes.Grayscale);
        Assert.True(picture is { Width: >= 800, Height: >= 800 });

        // There is something on its white ground.
        Assert.InRange(Cv2.Mean(picture).Val0, 200, 254);
        Assert.Equal(["beta.csv", "beta.png"], Kept);
    }

    [Fact]
    public void The_best_trigger_is_told_last()
    {
        MadeDataset.WriteDavis(_folder.Root, 7, "walk");

        var lines = Sweep("trigger", "--th-f", "0.3", "--th-m", "0.3", "--p-th", "0.1,0.2", "--draws", "2");

        Assert.Equal(1 + 4 + 1, lines.Length);
        Assert.StartsWith("th_f 0.3 th_m 0.3 P_th 0.1 ", lines[3], StringComparison.Ordinal);
        Assert.Matches(@"^best, .*: th_f 0\.3 th_m 0\.3 P_th 0\.[12], J&F \d+\.\d, [-+]?\d+\.\d over chance$", lines[5]);
        Assert.Equal(1 + (2 * (4 + (4 * 3))), File.ReadAllLines(_folder["sweep/trigger.csv"]).Length);
    }

    [Fact]
    public void What_was_complete_when_it_is_interrupted_is_kept()
    {
        MadeDataset.WriteDavis(_folder.Root, 12, [.. Enumerable.Range(0, 60).Select(i => $"walk{i}")]);
        using var process = new LiveProcess(Arguments("table2"));
        process.WaitToSay("1/60 walk0");

        // Not by SIGINT, which is ignored where the tests were started in the background by a shell.
        process.Terminate();

        var (code, output, errors) = process.Wait();
        Assert.Equal(1, code);
        Assert.Matches(@"swiftnet-live: Interrupted: the figures are of the first \d+ of 60 sequences\.$", errors.TrimEnd());
        Assert.Equal(11, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(["table2.csv"], Kept);
    }

    [Theory]
    [InlineData("no sweep table3", "--sweep", "table3", "--output", "DIR")]
    [InlineData("--output DIR", "--sweep", "beta")]
    [InlineData("--output is a sweep's", "--output", "DIR")]
    [InlineData("leave --masks and --csv out", "--sweep", "beta", "--output", "DIR", "--csv", "DIR/scores.csv")]
    [InlineData("--th-f is a list of numbers from 0 to 3", "--sweep", "trigger", "--output", "DIR", "--th-f", "0.3,4")]
    [InlineData("--p-th is a list of numbers over 0", "--sweep", "trigger", "--output", "DIR", "--p-th", "x")]
    [InlineData("--draws is a number from 0 to 100", "--sweep", "trigger", "--output", "DIR", "--draws", "-1")]
    [InlineData("cannot be made", "--sweep", "beta", "--output", "ROOT/ImageSets/2017/val.txt")]
    public void A_wrong_command_line_is_one_clear_line(string expected, params string[] arguments)
    {
        MadeDataset.WriteDavis(_folder.Root, 3, "walk");

        LiveProcess.AssertOneLine(expected, LiveProcess.Run(
            [
                "eval", "--davis", _folder.Root,
                .. arguments.Select(
                    a =>
                        a
                            .Replace("DIR", _folder["sweep"], StringComparison.Ordinal)
                            .Replace("ROOT", _folder.Root, StringComparison.Ordinal)),
            ]));
    }

    private IEnumerable<string?> Kept => Directory.EnumerateFiles(_folder["sweep"]).Select(Path.GetFileName).Order();

    private string[] Sweep(string name, params string[] more)
    {
        var (code, output, errors) = LiveProcess.Run([.. Arguments(name), .. more]);
        Assert.True(code == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string[] Arguments(string name) =>
    [
        "eval", "--davis", _folder.Root, "--year", "2016", "--sweep", name, "--output", _folder["sweep"], "--Segment:Size=96x96",
        "--Segment:Threads=1",
    ];
}
