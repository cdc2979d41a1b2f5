using SwiftNet.Weights;

namespace SwiftNet.Training.Tests.Commands;

[Collection("console")]
public sealed class AverageCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("swiftnet-average-").FullName;
    private readonly StringWriter _errors = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mean_is_between_its_parts_number_by_number_and_says_what_it_is_of()
    {
        var start = SafetensorsFile.Open(StartWeights.Path);
        var doubled = Write("doubled.safetensors", start, value => 2 * value);

        Assert.Equal(0, await Average("--weights", StartWeights.Path, "--weights", doubled, "--shares", "0.75,0.25"));

        var mixed = SafetensorsFile.Open(Output);
        Assert.Equal("0.75 of swiftnet-r18.safetensors, 0.25 of doubled.safetensors", mixed.Metadata["mean_of"]);
        Assert.Equal("80", mixed.Metadata["scores"]);
        var name = start.Tensors.Keys.First(key => start.Tensors[key].Type == ElementType.Float16);
        Assert.Equal(start.Tensors[name].ToFloats().Select(value => (float)(Half)(1.25f * value)), mixed.Tensors[name].ToFloats());
        Assert.All(mixed.Tensors, tensor => Assert.Equal(start.Tensors[tensor.Key].Type, tensor.Value.Type));
        using var model = SwiftNetModel.Load(Output, "cpu", Precision.Float32, threads: 1);
    }

    [Theory]
    [InlineData("--shares is '0.5,0.6'", "0.5,0.6")]
    [InlineData("--shares is '1'", "1")]
    [InlineData("--shares is 'half,half'", "half,half")]
    public async Task Shares_that_are_none_are_refused_in_one_line(string message, string shares)
    {
        Assert.Equal(1, await Average("--weights", StartWeights.Path, "--weights", StartWeights.Path, "--shares", shares));
        Assert.Contains(message, Assert.Single(_errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task The_former_name_is_accepted_with_one_warning()
    {
        Assert.Equal(0, await Run("mix", ["--weights", StartWeights.Path, "--weights", StartWeights.Path]));
        Assert.Equal(
            "Warning: mix is now called average; the former name will be removed.",
            Assert.Single(_errors.ToString().TrimEnd().Split('\n')));
        Assert.True(File.Exists(Output));
    }

    private string Output => Path.Combine(_folder, "mixed.safetensors");

    private string Write(string name, SafetensorsFile file, Func<float, float> change)
    {
        var path = Path.Combine(_folder, name);
        SafetensorsFile.Write(
            path,
            file.Tensors.ToDictionary(
                t => t.Key, t => StoredTensor.From(Array.ConvertAll(t.Value.ToFloats(), value => change(value)), [.. t.Value.Shape])),
            file.Metadata);
        return path;
    }

    private Task<int> Average(params string[] arguments) => Run("average", arguments);

    private async Task<int> Run(string command, string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        Console.SetError(_errors);
        Console.SetOut(TextWriter.Null);
        try
        {
            return await Program.Main([command, "--output", Output, "--scores", "80", .. arguments]);
        }
        finally
        {
            Console.SetError(errors);
            Console.SetOut(output);
        }
    }
}
