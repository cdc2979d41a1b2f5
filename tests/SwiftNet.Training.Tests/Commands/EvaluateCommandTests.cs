namespace SwiftNet.Training.Tests.Commands;

[Collection("console")]
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly MadeData _data = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_list_outside_of_the_data_says_which_sequences_are_scored()
    {
        var root = _data.AddVideos("more", 4, null, "one", "two", "three");
        var list = Path.Combine(_data.Root, "development.txt");
        File.WriteAllText(list, "three\none\n");

        Assert.Equal(0, await Evaluate("--davis", root, "--year", "2017", "--list", list, "--oracle-grid", "4"));

        Assert.Equal(["three", "one"], _errors.ToString().TrimEnd().Split('\n').Select(l => l.Split(':')[0]));
        Assert.Contains("grid of 4 pixels: J&F", _output.ToString());
    }

    [Fact]
    public async Task A_list_that_is_missing_is_named()
    {
        Assert.Equal(1, await Evaluate("--davis", _data.Davis, "--list", "none.txt", "--oracle-grid", "4"));
        Assert.Contains("list none.txt does not exist", Assert.Single(_errors.ToString().TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task The_former_option_name_is_accepted_with_one_warning()
    {
        Assert.Equal(1, await Evaluate("--davis", _data.Davis, "--ceiling", "65"));
        Assert.Equal(
            [
                "Warning: --ceiling is now called --oracle-grid; the former name will be removed.",
                "--ceiling is 65; it must be from 1 to 64.",
            ],
            _errors.ToString().TrimEnd().Split('\n'));
    }

    private async Task<int> Evaluate(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        Console.SetOut(_output);
        Console.SetError(_errors);
        try
        {
            return await Program.Main(["evaluate", "--threads", "1", .. arguments]);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}
