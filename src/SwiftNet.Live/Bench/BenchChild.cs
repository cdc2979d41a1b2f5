using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Bench;

/// <summary>Measures a case in a process of its own, so that the malloc settings are real.</summary>
internal static class BenchChild
{
    /// <summary>Starts this program once more for one case.</summary>
    /// <param name="bench">The case.</param>
    /// <param name="frames">Frames measured.</param>
    /// <param name="overrides">The configuration overrides of this command line.</param>
    /// <exception cref="UserErrorException">The child failed; the message is its own.</exception>
    public static async Task<BenchResult> MeasureAsync(BenchCase bench, int frames, IEnumerable<string> overrides)
    {
        var self = Environment.ProcessPath!;
        var isDotnet = Path.GetFileNameWithoutExtension(self) == "dotnet";
        string[] arguments =
        [
            .. isDotnet ? [typeof(BenchChild).Assembly.Location] : Array.Empty<string>(),
            "bench", "--measure", bench.Path.ToString(), "--size", bench.Size.ToString(), "--objects", bench.Objects.ToString(),
            "--previous", bench.PreviousFrame ? "on" : "off", "--frames", frames.ToString(), .. overrides,
            .. bench.Precision is { } precision ? [$"--Segment:Precision={precision}"] : Array.Empty<string>(),
        ];
        var result = await Cli.Wrap(self)
            .WithArguments(arguments)
            .WithEnvironmentVariables(
                variables => variables.Set(NativeSettings.MallocVariable, bench.Path == BenchPath.PlainDefaultMalloc ? "default" : null))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        return result.IsSuccess
            ? JsonSerializer.Deserialize<BenchResult>(result.StandardOutput)!
            : throw new UserErrorException($"Measuring {bench.Size} failed: {result.StandardError.Trim()}");
    }

    /// <summary>The child's side: one line of JSON on standard output.</summary>
    public static void Write(BenchResult result) => Console.Out.WriteLine(JsonSerializer.Serialize(result));

    /// <summary>Reads a size of at least one memory pixel.</summary>
    /// <exception cref="UserErrorException">It is no size.</exception>
    public static FrameSize Size(string text) =>
        FrameSize.TryParse(text, out var size) && size.Width is >= 48 and <= 4096 && size.Height is >= 48 and <= 4096
            ? size
            : throw new UserErrorException($"The size {text} cannot be measured. Give WxH of 48 to 4,096 pixels a side, such as 854x480.");
}
