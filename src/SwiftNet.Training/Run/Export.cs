using System.Globalization;
using System.Reflection;
using System.Text.Json;
using SwiftNet.Network.Int8;
using SwiftNet.Weights;

namespace SwiftNet.Training.Run;

/// <summary>Writes the averaged weights as the segmenter reads them: convolutions in half precision, with what they were made of and by.</summary>
internal static class Export
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="state">The run.</param>
    /// <param name="options">What was learnt and how.</param>
    /// <param name="data">What it was learnt from, in words.</param>
    /// <param name="scores">What the weights came to, in words; null where they were not scored.</param>
    public static void Write(string path, TrainingState state, TrainingOptions options, string data, string? scores)
    {
        var tensors = state.Weights.Export(state.Average.Values).ToDictionary(t => t.Key, t => t.Value.ToShipped(t.Key), StringComparer.Ordinal);
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

    /// <summary>The commit that this tool was built from, as far as it is known.</summary>
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
