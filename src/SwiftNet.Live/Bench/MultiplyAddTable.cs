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
            sums[Array.FindIndex(s_parts, part => Array.Exists(part.Prefixes, prefix => layer.StartsWith(prefix, StringComparison.Ordinal)))] += count;
        }

        return [.. s_parts.Select((part, i) => (part.Part, sums[i]))];
    }
}
