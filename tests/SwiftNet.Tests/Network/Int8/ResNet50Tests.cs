using SwiftNet.Network.Int8;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network.Int8;

/// <summary>
/// The 8-bit network with the larger backbone. Its 1x1 layers of 512 outputs and more stay in float32, see
/// <see cref="DequantizedConvolution"/>.
/// </summary>
public sealed class ResNet50Tests : IDisposable
{
    private const string LastBias = "Decoder.pred2.bias";

    private static readonly NetworkWeights s_weights = Calm();

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"weights-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Its_logits_and_masks_are_those_of_float32()
    {
        Assert.SkipWhen(Int8Support.LargestWeight == 0, "this processor or this libtorch has no 8-bit convolutions");
        using var scope = torch.NewDisposeScope();

        // Random weights see the object nearly nowhere; moved by the median, it is half of the picture.
        Write(s_weights);
        var median = Logits(Precision.Float32).median().item<float>();
        var bias = s_weights[LastBias].ToFloats();
        Write(s_weights.With(LastBias, StoredTensor.From([0, bias[1] - bias[0] - median], [2])));
        var (expected, found) = (Logits(Precision.Float32), Logits(Precision.Int8));

        var error = (found - expected).std().item<float>() / expected.std().item<float>();
        var (one, other) = (expected.gt(0), found.gt(0));
        var overlap = one.logical_and(other).sum().item<long>() / (double)one.logical_or(other).sum().item<long>();
        Assert.InRange(error, 0, 0.2);
        Assert.InRange(overlap, 0.85, 1);
    }

    /// <summary>Random weights whose signals grow little from block to block and whose match is spread over many pixels, as of trained
    /// ones.</summary>
    private static NetworkWeights Calm() => new(NetworkWeights.ResNet50.Tensors.ToDictionary(
        tensor => tensor.Key,
        tensor => Scaled(tensor.Value, Factor(tensor.Key))));

    private static StoredTensor Scaled(StoredTensor tensor, float factor) =>
        StoredTensor.From(Array.ConvertAll(tensor.ToFloats(), number => number * factor), [.. tensor.Shape]);

    private static float Factor(string name) => name switch
    {
        _ when name.EndsWith(".bn3.weight", StringComparison.Ordinal) => 0.2f,
        _ when name.Contains(".Key.", StringComparison.Ordinal) => 0.3f,
        _ => 1,
    };

    private void Write(NetworkWeights weights) =>
        SafetensorsFile.Write(_path, weights.Tensors, new Architecture(Backbone.ResNet50, StrideIn3x3: false).Metadata);

    /// <summary>Logits of an object's second frame, less the background's.</summary>
    private torch.Tensor Logits(Precision precision)
    {
        using var model = SwiftNetModel.Load(_path, "cpu", precision);
        using var segmenter = new VideoSegmenter(model, new MemoryOptions()) { BelievesAll = true };
        torch.Tensor? logits = null;
        segmenter.LogitsFound = found => logits = found.narrow(1, 1, 1).sub(found.narrow(1, 0, 1)).clone().DetachFromDisposeScope();
        var clip = Clip.Large;
        segmenter.Start(new NetworkFrame(clip.Planes(0), clip.Width, clip.Height), clip.Mask(0, 1, 1));
        segmenter.Step(new NetworkFrame(clip.Planes(1), clip.Width, clip.Height), new byte[clip.Width * clip.Height]);
        return logits!;
    }
}
