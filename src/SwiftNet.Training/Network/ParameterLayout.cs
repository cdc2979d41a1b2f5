namespace SwiftNet.Training.Network;

/// <summary>A trainable tensor.</summary>
/// <param name="Name">Its name in the weights file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Index of its first value in the block.</param>
/// <param name="Count">Number of values.</param>
internal sealed record Parameter(string Name, IReadOnlyList<long> Shape, int Offset, int Count)
{
    /// <summary>The part of the network that the tensor belongs to.</summary>
    public NetworkPart Part => ParameterLayout.PartOf(Name);
}

/// <summary>Adjacent parameters with the same learning rate and weight decay.</summary>
/// <param name="Part">The part of the network, which determines the learning rate.</param>
/// <param name="Decays">Whether weight decay applies: to the weights of convolutions, not to biases.</param>
/// <param name="Offset">Index of the first value in the block.</param>
/// <param name="Count">Number of values.</param>
internal sealed record ParameterGroup(NetworkPart Part, bool Decays, int Offset, int Count);

/// <summary>Order of all trainable values in one block: by part, weights and biases separately.</summary>
internal sealed class ParameterLayout
{
    private ParameterLayout(IReadOnlyList<Parameter> parameters, IReadOnlyList<ParameterGroup> groups, int count)
    {
        Parameters = parameters;
        Groups = groups;
        Count = count;
    }

    /// <summary>The parameters in order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The groups in order.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Number of trainable values.</summary>
    public int Count { get; }

    /// <summary>Lays out the trainable tensors of a weights file; of BatchNorm only the bias is trainable.</summary>
    public static ParameterLayout Of(IReadOnlyDictionary<string, long[]> shapes)
    {
        var parameters = new List<Parameter>();
        var groups = new List<ParameterGroup>();
        var offset = 0;
        foreach (var group in shapes.Where(s => IsLearnt(s.Key, shapes))
            .GroupBy(s => (Part: PartOf(s.Key), Bias: s.Value.Length == 1))
            .OrderBy(g => g.Key))
        {
            var start = offset;
            foreach (var (name, shape) in group)
            {
                var count = (int)shape.Aggregate(1L, (product, side) => product * side);
                parameters.Add(new Parameter(name, shape, offset, count));
                offset += count;
            }

            groups.Add(new ParameterGroup(group.Key.Part, !group.Key.Bias, start, offset - start));
        }

        return new ParameterLayout(parameters, groups, offset);
    }

    /// <summary>The part of the network that a tensor belongs to.</summary>
    public static NetworkPart PartOf(string name) => name.Split('.')[0] switch
    {
        "Encoder" => NetworkPart.Backbone,
        "LAE" => NetworkPart.MaskEncoder,
        "Decoder" => NetworkPart.Decoder,
        _ => NetworkPart.Memory,
    };

    private static bool IsLearnt(string name, IReadOnlyDictionary<string, long[]> shapes) =>
        name is not ("Encoder.mean" or "Encoder.std")
        && !name.EndsWith(".running_mean", StringComparison.Ordinal)
        && !name.EndsWith(".running_var", StringComparison.Ordinal)
        && !(name.EndsWith(".weight", StringComparison.Ordinal) && shapes.ContainsKey(name[..^".weight".Length] + ".running_mean"));
}
