namespace SwiftNet.Live.Bench;

/// <summary>Multiply-adds a frame, gathered from layers into the network's parts.</summary>
internal static class MultiplyAddTable
{
    /// <summary>The parts and which layers are theirs; the first that fits counts.</summary>
    private static readonly (string Part, string[] Prefixes)[] s_parts =
    [
        ("encoder", ["Encoder.", "Project."]),
        ("query heads", ["KV_Q"]),
        ("decoder's frame branches", ["Decoder.RF3.convFS", "Decoder.RF3.ResFS", "Decoder.RF2.convFS", "Decoder.RF2.ResFS"]),
        ("light-aggregation encoder, memory heads", ["LAE.", "KV_M"]),
        ("match", ["match"]),
        ("ASPP", ["aspp."]),
        ("decoder, the rest", ["Decoder."]),
    ];

    /// <summary>Sums by part, in the network's order; every layer lands in one.</summary>
    public static IReadOnlyList<(string Part, double MultiplyAdds)> ByPart(IReadOnlyDictionary<string, double> layers)
    {
        var sums = new double[s_parts.Length];
        foreach (var (layer, count) in layers)
        {
            sums[Array.FindIndex(
                s_parts, part => Array.Exists(part.Prefixes, prefix => layer.StartsWith(prefix, StringComparison.Ordinal)))] += count;
        }

        return [.. s_parts.Select((part, i) => (part.Part, sums[i]))];
    }

    /// <summary>
    /// The same as the network is defined: a convolution of the mask and one of the others' mask for each object. What is done is less:
    /// with one object there are no others, and with more their convolution is shared.
    /// </summary>
    public static IReadOnlyList<(string Part, double MultiplyAdds)> ByPartAsDefined(IReadOnlyDictionary<string, double> layers, int objects)
    {
        var done = objects == 1 ? 1 : objects + 1;
        return ByPart(layers.ToDictionary(
            layer => layer.Key,
            layer =>
                layer.Key.StartsWith("LAE.conv1_", StringComparison.Ordinal) || layer.Key.StartsWith("LAE.conv2_", StringComparison.Ordinal)
                ? layer.Value * 2 * objects / done
                : layer.Value));
    }
}
