using SwiftNet.Weights;

namespace SwiftNet.Tests.Weights;

public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    [Theory]
    [InlineData(Backbone.ResNet18)]
    [InlineData(Backbone.ResNet50)]
    public void Tensors_without_metadata_tell_the_backbone(Backbone backbone)
    {
        var found = Architecture.Check("w", Zeros(backbone), NoMetadata);

        Assert.Equal(new Architecture(backbone, StrideIn3x3: true), found);
        Assert.Equal(found, Architecture.Check("w", Zeros(backbone), found.Metadata));
    }

    [Fact]
    public void The_shipped_weights_are_a_ResNet18s_and_finite()
    {
        var path = Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors");
        var file = SafetensorsFile.Open(path);

        Assert.Equal(Backbone.ResNet18, Architecture.Check(path, file.Tensors, file.Metadata).Backbone);
        Assert.All(file.Tensors.Values, tensor => Assert.All(tensor.ToFloats(), value => Assert.True(float.IsFinite(value))));
        Assert.Equal(NetworkTensors.Of(Backbone.ResNet18).Shapes.Keys.Order(), file.Tensors.Keys.Order());
    }

    [Fact]
    public void The_shapes_are_those_of_the_design()
    {
        var small = NetworkTensors.Of(Backbone.ResNet18).Shapes;
        var large = NetworkTensors.Of(Backbone.ResNet50).Shapes;

        Assert.Equal([128L, 64, 1, 1], small["Encoder.res3.0.downsample.0.weight"]);
        Assert.DoesNotContain("Encoder.res2.0.downsample.0.weight", small.Keys);
        Assert.DoesNotContain("Encoder.res2.2.conv1.weight", small.Keys);
        Assert.Equal([256L, 64, 1, 1], large["Encoder.res2.0.downsample.0.weight"]);
        Assert.Equal([128L, 256, 1, 1], large["Encoder.res3.0.conv1.weight"]);
        Assert.Equal([128L, 128, 3, 3], large["Encoder.res3.0.conv2.weight"]);
        Assert.Equal([1024L, 256, 1, 1], large["Encoder.res4.5.conv3.weight"]);
        Assert.Equal([256L, 1024, 1, 1], large["Project.res4.weight"]);
        Assert.Equal([64L], large["Project.res2.bias"]);
    }

    [Theory]
    [InlineData("3x3", true)]
    [InlineData("1x1", false)]
    public void The_metadata_tell_where_a_ResNet50_has_its_stride(string value, bool in3x3) =>
        Assert.Equal(
            in3x3,
            Architecture.Check("w", Zeros(Backbone.ResNet50), new Dictionary<string, string> { ["resnet50.stride"] = value }).StrideIn3x3);

    [Theory]
    [InlineData("resnet50.stride", "2x2")]
    [InlineData("architecture", "stm")]
    public void Metadata_that_mean_nothing_here_are_refused(string key, string value)
    {
        var error = Assert.Throws<WeightsException>(
            () => Architecture.Check("w", Zeros(Backbone.ResNet50), new Dictionary<string, string> { [key] = value }));

        Assert.Contains($"'{value}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_difference_is_listed_in_one_error()
    {
        var tensors = Zeros(Backbone.ResNet18);
        tensors.Remove("LAE.conv1_m.weight");
        tensors.Remove("Decoder.pred2.bias");
        tensors["aspp.conv1.weight"] = StoredTensor.From(new float[6], 2, 3, 1, 1);
        tensors["Decoder.convFM.bias"] = new StoredTensor(ElementType.UInt8, [64], new byte[64]);
        tensors["Decoder.pred3.bias"] = StoredTensor.From([1f]);

        var message = Assert.Throws<WeightsException>(() => Architecture.Check("some/file", tensors, NoMetadata)).Message;

        Assert.Equal(
            "Weights 'some/file' are not for swiftnet-resnet18: missing LAE.conv1_m.weight (64x1x7x7); aspp.conv1.weight is 2x3x1x1, needs "
                + "128x512x1x1; " +
            "Decoder.convFM.bias holds UInt8, no weights; missing Decoder.pred2.bias (2); extra Decoder.pred3.bias (a single number).",
            message);
    }

    [Fact]
    public void Batch_counters_are_no_difference_and_the_mean_may_be_absent()
    {
        var tensors = Zeros(Backbone.ResNet18);
        tensors["Encoder.bn1.num_batches_tracked"] = new StoredTensor(ElementType.Int64, [], new byte[8]);
        tensors.Remove("Encoder.mean");
        tensors.Remove("Encoder.std");

        Assert.Equal(Backbone.ResNet18, Architecture.Check("w", tensors, NoMetadata).Backbone);
    }

    private static Dictionary<string, StoredTensor> Zeros(Backbone backbone) =>
        NetworkTensors.Of(backbone).Shapes.ToDictionary(
            t => t.Key, t => new StoredTensor(ElementType.Float16, t.Value, new byte[2 * t.Value.Aggregate(1L, (a, b) => a * b)]));
}
