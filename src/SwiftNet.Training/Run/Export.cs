using System.Globalization;
using System.Reflection;
using System.Text.Json;
using SwiftNet.Network.Int8;
using SwiftNet.Weights;

namespace SwiftNet.Training.Run;

/// <summary>Exports the averaged weights in the segmenter's format: convolutions in half precision, with provenance as metadata.</summary>
internal static class Export
{
    /// <summary>Writes the weights file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="state">The run's state.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="data">Description of the training data.</param>
    /// <param name="scores">Scores of the weights as text; null = not scored.</param>
    public static void Write(string path, TrainingState state, TrainingOptions options, string data, string? scores)
    {
        var tensors = state.Weights.Export(state.Average.Values).ToDictionary(
            t => t.Key, t => t.Value.ToShipped(t.Key), StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(state.Weights.Architecture.Metadata, StringComparer.Ordinal)
        {
            ["data"] = data,
            ["steps"] = state.Step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["options"] = JsonSerializer.Serialize(options),
            ["commit"] = Commit,
        };
        if (scores is not null)
        {
            metadata["scores"] = scores;
        }

        SafetensorsFile.Write(path, tensors, metadata);
        CalibratedWeights.AddFromSamples(path);
    }

    /// <summary>The commit that this tool was built from, if known.</summary>
    private static string Commit
    {
        get
        {
            var version = typeof(Export).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
            var plus = version.IndexOf('+', StringComparison.Ordinal);
            return plus < 0 ? "unknown" : version[(plus + 1)..];
        }
    }
}
