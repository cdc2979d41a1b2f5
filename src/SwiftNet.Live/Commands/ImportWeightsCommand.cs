using System.CommandLine;
using SwiftNet.Live.Options;
using SwiftNet.Network.Int8;
using SwiftNet.Weights;

namespace SwiftNet.Live.Commands;

/// <summary><c>import-weights IN.pth OUT.safetensors</c>: a published PyTorch checkpoint becomes weights that the service loads.</summary>
internal static class ImportWeightsCommand
{
    private static readonly Argument<string> s_input = new("IN")
    {
        Description = "A checkpoint saved by PyTorch, in its zip or its older format; nothing in it is run",
    };

    private static readonly Argument<string> s_output = new("OUT") { Description = "The safetensors file to write" };

    private static readonly Option<bool> s_float32 = new("--float32")
    {
        Description = "Keeps convolutions in 32 bit: twice the size (default: half precision)",
    };

    private static readonly Option<string?> s_frames = new("--frames")
    {
        Description = "Calibrates the 8-bit network on a folder of images (default: on built-in frames)",
        HelpName = "DIR",
    };

    // What the network processes by default.
    private static readonly FrameSize s_size = new SegmentOptions().Size;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("import-weights", "Turns a PyTorch checkpoint into a safetensors file")
        {
            s_input, s_output, s_float32, s_frames,
        };
        command.SetAction(
            parsed =>
                Import(
                    parsed.GetRequiredValue(s_input),
                    parsed.GetRequiredValue(s_output),
                    parsed.GetValue(s_float32),
                    parsed.InvocationConfiguration.Output,
                    parsed.GetValue(s_frames)));
        return command;
    }

    /// <summary>Reads, checks and writes.</summary>
    /// <exception cref="WeightsException">The checkpoint is unusable or not SwiftNet's, or the output cannot be written.</exception>
    /// <exception cref="UserErrorException">The output is the input.</exception>
    internal static int Import(string input, string output, bool float32, TextWriter report, string? frames = null)
    {
        if (string.Equals(Target(input), Target(output), StringComparison.Ordinal))
        {
            throw new UserErrorException(
                $"The output '{output}' is the checkpoint itself; give it another name, such as "
                    + $"'{Path.ChangeExtension(output, ".safetensors")}'.");
        }

        var published = PublishedCheckpoint.Read(input);
        var architecture = Architecture.Check(input, published, new Dictionary<string, string>(StringComparer.Ordinal));
        var tensors = published.ToDictionary(
            t => t.Key, t => float32 ? t.Value.ToSingle() : t.Value.ToShipped(t.Key), StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(architecture.Metadata, StringComparer.Ordinal)
        {
            ["source"] = Path.GetFileName(input),
        };
        SafetensorsFile.Write(output, tensors, metadata);
        var recorder = CalibratedWeights.Record(
            output, frames is null ? calibration => calibration.FollowSamples() : CalibrateCommand.Folder(frames, s_size));
        CalibratedWeights.Write(output, output, recorder.Ranges);

        report.WriteLine($"imported      {input}");
        report.WriteLine($"architecture  {architecture.Name}");
        report.WriteLine($"tensors       {tensors.Count}, {tensors.Values.Sum(t => t.Count):N0} parameters");
        report.WriteLine($"precision     {(float32 ? "float32" : "float16 for convolutions, float32 for the rest")}");
        report.WriteLine($"calibrated    {recorder.Ranges.All.Count} activations on {frames ?? "built-in frames"}");
        report.WriteLine($"written       {output}, {new FileInfo(output).Length:N0} bytes");
        return 0;
    }

    private static string Target(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
}
