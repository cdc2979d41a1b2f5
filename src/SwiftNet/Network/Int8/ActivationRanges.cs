using System.Text.Json;
using SwiftNet.Weights;

namespace SwiftNet.Network.Int8;

/// <summary>The ranges of all activations of one network, by name. A weights file carries them in its metadata.</summary>
internal sealed class ActivationRanges(IReadOnlyDictionary<string, ActivationRange> ranges)
{
    /// <summary>The metadata key: a JSON object of <c>"name": [low, high]</c>.</summary>
    public const string MetadataKey = "int8.ranges";

    /// <summary>The ranges by name.</summary>
    public IReadOnlyDictionary<string, ActivationRange> All => ranges;

    /// <summary>Reads the ranges of a weights file; null where it has none.</summary>
    /// <exception cref="InvalidDataException">They are there and cannot be read.</exception>
    public static ActivationRanges? Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(MetadataKey, out var text))
        {
            return null;
        }

        try
        {
            var pairs = JsonSerializer.Deserialize<Dictionary<string, float[]>>(text) ?? [];
            return pairs.Values.All(p => p is [var low, var high] && float.IsFinite(low) && float.IsFinite(high) && low <= high)
                ? new ActivationRanges(
                    pairs.ToDictionary(p => p.Key, p => new ActivationRange(p.Value[0], p.Value[1]), StringComparer.Ordinal))
                : throw new InvalidDataException(
                    $"its metadata '{MetadataKey}' holds something else than pairs of a lower and an upper bound");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"its metadata '{MetadataKey}' is not usable JSON ({Printable.Of(error.Message)})", error);
        }
    }

    /// <summary>The text that <see cref="Read"/> reads.</summary>
    public string Text() =>
        JsonSerializer.Serialize(
            ranges.OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary(r => r.Key, r => new[] { r.Value.Low, r.Value.High }));

    /// <summary>How 8 bits cover one activation.</summary>
    /// <exception cref="InvalidDataException">There is no range of that name.</exception>
    public Quantization Of(string name) => ranges.TryGetValue(name, out var range)
        ? range.Quantization()
        : throw new InvalidDataException(
            $"it has activation ranges for an 8-bit network, but none for '{name}'; make them anew with the command calibrate");
}
