using System.Globalization;
using System.Text.Json;
using SwiftNet.Training.Network;
using SwiftNet.Weights;

namespace SwiftNet.Training.Run;

/// <summary>
/// All of a run's state in one safetensors file: weights, both moments of the optimiser and the moving average, with the options and counts.
/// Chance follows from seed and step, so there is no random state to keep.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string Prefix = "checkpoint-", Extension = ".safetensors";
    private const string Values = "weights/", First = "first/", Second = "second/", Average = "average/";
    private const int Kept = 2;

    private delegate Span<float> Block();

    /// <summary>Writes the state and removes all but the newest ones.</summary>
    /// <returns>The file.</returns>
    public static string Save(string folder, TrainingState state, TrainingOptions options)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (prefix, block) in Blocks(state))
        {
            foreach (var (name, tensor) in state.Weights.Export(block()))
            {
                tensors.Add(prefix + name, tensor);
            }
        }

        var path = Path.Combine(folder, $"{Prefix}{state.Step:00000000}{Extension}");
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["options"] = JsonSerializer.Serialize(options),
            ["step"] = Text(state.Step),
            ["skipped"] = Text(state.Skipped),
            ["updates"] = Text(state.Optimiser.Updates),
        }.Concat(state.Weights.Architecture.Metadata).ToDictionary(StringComparer.Ordinal));
        foreach (var old in Files(folder).SkipLast(Kept))
        {
            File.Delete(old);
        }

        return path;
    }

    /// <summary>The newest state of a folder, or null.</summary>
    public static string? Newest(string folder) => Files(folder).LastOrDefault();

    /// <summary>The options that a state was written with.</summary>
    /// <exception cref="UserErrorException">The file is no checkpoint.</exception>
    public static TrainingOptions Options(string path, SafetensorsFile file) =>
        file.Metadata.TryGetValue("options", out var text) && JsonSerializer.Deserialize<TrainingOptions>(text) is { } options
            ? options
            : throw new UserErrorException($"{path} is no checkpoint of a training run: it has no options.");

    /// <summary>The weights of a state.</summary>
    /// <exception cref="WeightsException">They are not the network's.</exception>
    public static MasterWeights Weights(string path, SafetensorsFile file) => new(
        path,
        file.Tensors.Where(t => t.Key.StartsWith(Values, StringComparison.Ordinal)).ToDictionary(t => t.Key[Values.Length..], t => t.Value),
        file.Metadata);

    /// <summary>Takes a state over.</summary>
    /// <exception cref="UserErrorException">The file is no checkpoint of this network.</exception>
    public static void Load(string path, SafetensorsFile file, TrainingState state)
    {
        foreach (var (prefix, block) in Blocks(state))
        {
            foreach (var parameter in state.Weights.Layout.Parameters)
            {
                if (!file.Tensors.TryGetValue(prefix + parameter.Name, out var tensor) || tensor.Count != parameter.Count)
                {
                    throw new UserErrorException($"{path} cannot be resumed from: {prefix}{parameter.Name} is missing or of another shape.");
                }

                tensor.ToFloats().CopyTo(block()[parameter.Offset..]);
            }
        }

        state.Step = Number(file, "step");
        state.Skipped = Number(file, "skipped");
        state.Optimiser.Updates = Number(file, "updates");
    }

    private static IEnumerable<(string Prefix, Block Block)> Blocks(TrainingState state) =>
    [
        (Values, () => state.Weights.Values),
        (First, () => state.Optimiser.First),
        (Second, () => state.Optimiser.Second),
        (Average, () => state.Average.Values),
    ];

    private static int Number(SafetensorsFile file, string key) => int.Parse(file.Metadata.GetValueOrDefault(key, "0"), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}").Order(StringComparer.Ordinal)]
        : [];
}
