namespace SwiftNet.Weights;

/// <summary>The network that pictures pass first.</summary>
public enum Backbone
{
    /// <summary>The paper's fast one.</summary>
    ResNet18,

    /// <summary>The paper's accurate one, its features projected to ResNet-18's widths.</summary>
    ResNet50,
}

/// <summary>Which network a set of weights is for.</summary>
/// <param name="Backbone">The backbone.</param>
/// <param name="StrideIn3x3">ResNet-50 alone: the stride lies in a block's 3x3 convolution (torchvision's form), else in its first 1x1 (the
/// original form).</param>
public sealed record Architecture(Backbone Backbone, bool StrideIn3x3)
{
    private const string NameKey = "architecture";
    private const string StrideKey = "resnet50.stride";

    /// <summary>The value of the metadata key <c>architecture</c>.</summary>
    public string Name => NameOf(Backbone);

    /// <summary>The metadata that identify a file of these weights.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Backbone is Backbone.ResNet18
        ? new Dictionary<string, string>(StringComparer.Ordinal) { [NameKey] = Name }
        : new Dictionary<string, string>(StringComparer.Ordinal) { [NameKey] = Name, [StrideKey] = StrideIn3x3 ? "3x3" : "1x1" };

    /// <summary>Finds out which network the tensors are for, and that they are all there.</summary>
    /// <param name="path">The file they are from, for the message.</param>
    /// <param name="tensors">Every tensor of the file; those called <c>num_batches_tracked</c> are passed over.</param>
    /// <param name="metadata">The file's metadata: <c>architecture</c> and <c>resnet50.stride</c> are looked at. Without a name the tensors
    /// decide.</param>
    /// <exception cref="WeightsException">The message lists every tensor that is missing, not known, or of another shape or
    /// type.</exception>
    public static Architecture Check(
        string path, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        var backbone = BackboneOf(path, tensors, metadata);
        var strideIn3x3 = metadata.GetValueOrDefault(StrideKey, "3x3") switch
        {
            "3x3" => true,
            "1x1" => false,
            var other => throw new WeightsException(
                $"Weights '{path}' cannot be used: their {StrideKey} is '{Printable.Of(other)}', not 3x3 or 1x1."),
        };
        var differences = NetworkTensors.Differences(NetworkTensors.Of(backbone), tensors);
        return differences.Count == 0
            ? new Architecture(backbone, strideIn3x3)
            : throw new WeightsException($"Weights '{path}' are not for {NameOf(backbone)}: {string.Join("; ", differences)}.");
    }

    private static Backbone BackboneOf(
        string path, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(NameKey, out var name))
        {
            // Only ResNet-50 has a third convolution in a block, and a projection.
            return tensors.Keys.Any(
                key => key.StartsWith("Project.", StringComparison.Ordinal) || key.EndsWith(".conv3.weight", StringComparison.Ordinal))
                ? Backbone.ResNet50
                : Backbone.ResNet18;
        }

        foreach (var backbone in Enum.GetValues<Backbone>())
        {
            if (string.Equals(name, NameOf(backbone), StringComparison.Ordinal))
            {
                return backbone;
            }
        }

        throw new WeightsException(
            $"Weights '{path}' are for the architecture '{Printable.Of(name)}'; known are "
                + $"{string.Join(" and ", Enum.GetValues<Backbone>().Select(NameOf))}.");
    }

    private static string NameOf(Backbone backbone) => backbone is Backbone.ResNet18 ? "swiftnet-resnet18" : "swiftnet-resnet50";
}
