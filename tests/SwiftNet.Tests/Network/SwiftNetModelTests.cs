using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

public sealed class SwiftNetModelTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"weights-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_shipped_weights_load_and_say_what_they_are()
    {
        using var model = SwiftNetModel.Load(ShippedModel.Path, "cpu", Precision.Float32, 1);

        Assert.Equal(Backbone.ResNet18, model.Architecture.Backbone);
        Assert.Equal(("float32", "cpu"), (model.Format, model.Device));
        Assert.Equal(1, torch.get_num_threads());
        torch.set_num_threads(Environment.ProcessorCount);
    }

    [Fact]
    public void Automatic_precision_is_a_format_that_was_measured_to_be_fast_here()
    {
        using var model = SwiftNetModel.Load(ShippedModel.Path, "cpu");

        var timings = model.Choice.Timings.ToDictionary(t => t.Format, t => t.Milliseconds);
        Assert.Contains("float32", timings.Keys);
        Assert.All(timings.Values, milliseconds => Assert.True(double.IsFinite(milliseconds) && milliseconds > 0));
        Assert.Equal(model.Format, model.Choice.Format);
        Assert.True(timings[model.Format] <= 1.05 * timings.Values.Min());
        Assert.Contains("measured", model.Choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_precision_that_is_set_is_taken_as_it_is()
    {
        using var model = SwiftNetModel.Load(ShippedModel.Path, "cpu", Precision.Float32);

        Assert.Equal(("float32", 0), (model.Choice.Format, model.Choice.Timings.Count));
        Assert.Contains("configuration", model.Choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Loading_and_disposing_leaves_no_tensor_behind()
    {
        // What is made once for the process, such as the measurement of formats, is no leak.
        SwiftNetModel.Load(ShippedModel.Path, "cpu", Precision.Int8).Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = torch.Tensor.TotalCount;

        SwiftNetModel.Load(ShippedModel.Path, NetworkWeights.Fast).Dispose();
        SwiftNetModel.Load(ShippedModel.Path, "cpu", Precision.Int8).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Truncated_weights_are_refused_with_their_name()
    {
        File.WriteAllBytes(_path, File.ReadAllBytes(ShippedModel.Path)[..1_000_000]);

        var error = Assert.Throws<WeightsException>(() => SwiftNetModel.Load(_path, "cpu"));

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_architecture_are_refused_with_every_difference()
    {
        var file = SafetensorsFile.Open(ShippedModel.Path);
        var tensors = new Dictionary<string, StoredTensor>(file.Tensors)
        {
            ["Decoder.pred2.bias"] = StoredTensor.From([1, 2, 3], 3),
            ["Decoder.unheard.of"] = StoredTensor.From([1], 1),
        };
        tensors.Remove("LAE.conv1_m.weight");
        SafetensorsFile.Write(_path, tensors, file.Metadata);

        var error = Assert.Throws<WeightsException>(() => SwiftNetModel.Load(_path, "cpu"));

        Assert.Contains("missing LAE.conv1_m.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("Decoder.pred2.bias is 3, needs 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("extra Decoder.unheard.of", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);

        SafetensorsFile.Write(_path, file.Tensors, new Dictionary<string, string> { ["architecture"] = "resnet-unheard-of" });
        Assert.Contains(
            "resnet-unheard-of", Assert.Throws<WeightsException>(() => SwiftNetModel.Load(_path, "cpu")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", "no CUDA device")]
    [InlineData("cuda:1", "no CUDA device")]
    [InlineData("cuda:-1", "not known")]
    [InlineData("tpu", "not known")]
    public void A_device_that_is_not_there_is_refused(string device, string reason)
    {
        Assert.SkipWhen(torch.cuda.is_available(), "this machine has a CUDA device");

        var error = Assert.Throws<DeviceException>(() => SwiftNetModel.Load(ShippedModel.Path, device));

        Assert.Contains($"'{device}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_threads_than_none_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SwiftNetModel.Load(ShippedModel.Path, "cpu", threads: -1));

    [Fact]
    public void A_resnet50_of_random_weights_loads_and_segments()
    {
        SafetensorsFile.Write(_path, NetworkWeights.ResNet50.Tensors, new Architecture(Backbone.ResNet50, StrideIn3x3: false).Metadata);
        using var model = SwiftNetModel.Load(_path, "cpu", Precision.Float32);
        using var segmenter = new VideoSegmenter(model, new MemoryOptions());
        var clip = Clip.One;

        segmenter.Start(new NetworkFrame(clip.Planes(0), clip.Width, clip.Height), clip.Mask(0));
        segmenter.Step(new NetworkFrame(clip.Planes(1), clip.Width, clip.Height), new byte[clip.Width * clip.Height]);

        Assert.Equal(new Architecture(Backbone.ResNet50, StrideIn3x3: false), model.Architecture);
        Assert.True(segmenter.State!.Probabilities.isfinite().all().item<bool>());
    }
}
