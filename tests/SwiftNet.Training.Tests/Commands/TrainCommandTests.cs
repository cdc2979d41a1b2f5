using SwiftNet.Training.Run;
using SwiftNet.Weights;

namespace SwiftNet.Training.Tests.Commands;

[Collection("console")]
public sealed class TrainCommandTests : IDisposable
{
    private readonly MadeData _data = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_run_leaves_a_log_curves_weights_with_their_story_and_can_go_on()
    {
        Assert.Equal(0, await Train("--steps", "2", "--weights", StartWeights.Path, "--development", "val", "--score-minutes", "0"));
        Assert.Equal(0, await Train("--steps", "1", "--resume"));

        Assert.Equal(["step", "0", "1", "2"], File.ReadLines(Path.Combine(Output, "log.csv")).Select(l => l.Split(',')[0]));
        Assert.True(new FileInfo(Path.Combine(Output, "curves.png")).Length > 1000);
        Assert.Contains("\n1,all,", File.ReadAllText(Path.Combine(Output, "development.csv")));
        var average = SafetensorsFile.Open(Path.Combine(Output, "average.safetensors"));
        Assert.Equal("3", average.Metadata["steps"]);
        Assert.Equal("7", average.Metadata["seed"]);
        Assert.Contains("DAVIS 2016 train", average.Metadata["data"]);
        Assert.DoesNotContain(_data.Root, string.Join(' ', average.Metadata.Values));
        Assert.EndsWith("00000003.safetensors", TrainingCheckpoint.Newest(Output));
        Assert.Equal(2, Directory.EnumerateFiles(Output, "checkpoint-*").Count());
        using var model = SwiftNetModel.Load(Path.Combine(Output, "average.safetensors"), "cpu", Precision.Float32, threads: 1);
    }

    [Theory]
    [InlineData("nothing to go on from", "no checkpoint", "--resume")]
    [InlineData("no weights", "--weights")]
    [InlineData("a word for a number", "--rate is 'fast'; it must be a number from 0 to 1", "--weights", "w", "--rate", "fast")]
    [InlineData("weights that are not there", "missing.safetensors", "--weights", "missing.safetensors")]
    public async Task What_the_user_can_mend_is_one_line(string why, string message, params string[] arguments)
    {
        Assert.Equal(1, await Train(arguments));
        var line = Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
        Assert.True(line.Contains(message), $"{why}: {line}");
    }

    [Fact]
    public async Task Every_option_out_of_range_is_reported_at_once()
    {
        Assert.Equal(1, await Train("--weights", "w", "--dropout", "2", "--video-share", "-1"));
        Assert.Equal(
            ["--dropout is '2'; it must be from 0 to 0.99.", "--video-share is '-1'; it must be from 0 to 1."],
            _errors.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Former_option_names_are_accepted_with_one_warning_each()
    {
        Assert.Equal(1, await Train("--weights", "missing.safetensors", "--hint-share", "0", "--mistake-share", "0.5"));
        Assert.Equal(
            [
                "Warning: --mistake-share is now called --memory-corruption-share; the former name will be removed.",
                "Warning: --hint-share is now called --prompt-share; the former name will be removed.",
            ],
            _errors.ToString().TrimEnd().Split('\n')[..2]);
    }

    private string Output => Path.Combine(_data.Root, "run");

    private async Task<int> Train(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        Console.SetError(_errors);
        Console.SetOut(TextWriter.Null);
        try
        {
            return await Program.Main(
                [
                    "train", "--output", Output, "--stills", _data.Stills, "--davis", _data.Davis, "--threads", "1", "--crop", "64",
                    "--frames", "3", "--objects", "1", "--batch-size", "1", "--seed", "7", .. arguments,
                ]);
        }
        finally
        {
            Console.SetError(errors);
            Console.SetOut(output);
        }
    }
}
