namespace SwiftNet.Training.Network;

/// <summary>One tensor that is learnt.</summary>
/// <param name="Name">As the weights file calls it.</param>
/// <param name="Shape">Its sides.</param>
/// <param name="Offset">Where its numbers begin in the block of all.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Parameter(string Name, IReadOnlyList<long> Shape, int Offset, int Count)
{
    /// <summary>The part of the network that it belongs to.</summary>
    public NetworkPart Part => ParameterLayout.PartOf(Name);
}

/// <summary>Neighbouring parameters that are learnt alike.</summary>
/// <param name="Part">The part of the network, which has a learning rate of its own.</param>
/// <param name="Decays">Whether weight decay draws them to zero: convolutions' weights, not biases.</param>
/// <param name="Offset">Where they begin.</param>
/// <param name="Count">How many numbers they are.</param>
internal sealed record ParameterGroup(NetworkPart Part, bool Decays, int Offset, int Count);

/// <summary>The order of all learnt numbers in one block: each part's weights and biases.</summary>
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

    /// <summary>All numbers.</summary>
    public int Count { get; }

    /// <summary>Orders what is learnt of the tensors of a weights file: of BatchNorm the bias alone.</summary>
    public static ParameterLayout Of(IReadOnlyDictionary<string, long[]> shapes)
    {
        var parameters = new List<Parameter>();
        var groups = new List<ParameterGroup>();
        var offset = 0;
        foreach (var group in shapes.Where(s => IsLearnt(s.Key, shapes)).GroupBy(s => (Part: PartOf(s.Key), Bias: s.Value.Length == 1)).OrderBy(g => g.Key))
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
