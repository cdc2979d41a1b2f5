using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SwiftNet.Training.Network;
using SwiftNet.Weights;

namespace SwiftNet.Training.Run;

/// <summary>
/// A run's complete state in one safetensors file: weights, both moments of the optimiser, moving average, options and counters.
/// All randomness follows from seed and step, so no generator state is stored.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string Prefix = "checkpoint-", Extension = ".safetensors";
    private const string Values = "weights/", First = "first/", Second = "second/", Average = "average/";
    private const int Kept = 2;

    private delegate Span<float> Block();

    /// <summary>Writes a checkpoint and deletes all but the newest ones.</summary>
    /// <returns>The file's path.</returns>
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

    /// <summary>The newest checkpoint in a folder; null = none.</summary>
    public static string? Newest(string folder) => Files(folder).LastOrDefault();

    /// <summary>The options of a checkpoint; former option names are accepted.</summary>
    /// <exception cref="UserErrorException">The file is not a checkpoint.</exception>
    public static TrainingOptions Options(string path, SafetensorsFile file) =>
        file.Metadata.TryGetValue("options", out var text) && Parse(text) is { } options
            ? options
            : throw new UserErrorException($"{path} is not a checkpoint of a training run: it contains no options.");

    /// <summary>The weights of a checkpoint.</summary>
    /// <exception cref="WeightsException">The tensors do not belong to this network.</exception>
    public static MasterWeights Weights(string path, SafetensorsFile file) => new(
        path,
        file.Tensors.Where(t => t.Key.StartsWith(Values, StringComparison.Ordinal)).ToDictionary(t => t.Key[Values.Length..], t => t.Value),
        file.Metadata);

    /// <summary>Restores the state of a checkpoint.</summary>
    /// <exception cref="UserErrorException">The file is not a checkpoint of this network.</exception>
    public static void Load(string path, SafetensorsFile file, TrainingState state)
    {
        foreach (var (prefix, block) in Blocks(state))
        {
            foreach (var parameter in state.Weights.Layout.Parameters)
            {
                if (!file.Tensors.TryGetValue(prefix + parameter.Name, out var tensor) || tensor.Count != parameter.Count)
                {
                    throw new UserErrorException(
                        $"{path} cannot be resumed from: {prefix}{parameter.Name} is missing or of another shape.");
                }

                tensor.ToFloats().CopyTo(block()[parameter.Offset..]);
            }
        }

        state.Step = Number(file, "step");
        state.Skipped = Number(file, "skipped");
        state.Optimiser.Updates = Number(file, "updates");
    }

    private static TrainingOptions? Parse(string text)
    {
        var stored = JsonNode.Parse(text)!.AsObject();
        foreach (var (property, option) in TrainingOptionAttribute.All)
        {
            if (option.FormerName is { } former && stored.Remove(former, out var value))
            {
                stored[property.Name] = value;
            }
        }

        return stored.Deserialize<TrainingOptions>();
    }

    private static IEnumerable<(string Prefix, Block Block)> Blocks(TrainingState state) =>
    [
        (Values, () => state.Weights.Values),
        (First, () => state.Optimiser.First),
        (Second, () => state.Optimiser.Second),
        (Average, () => state.Average.Values),
    ];

    private static int Number(SafetensorsFile file, string key) =>
        int.Parse(file.Metadata.GetValueOrDefault(key, "0"), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}").Order(StringComparer.Ordinal)]
        : [];
}
