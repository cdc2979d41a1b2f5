using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Tests.Network.Int8;

public sealed class ActivationRangesTests
{
    [Theory]
    [InlineData(0, 5.1f, 0)]
    [InlineData(-2, 3.1f, 100)]
    [InlineData(0.5f, 2, 0)]
    [InlineData(-1, -0.5f, 255)]
    public void Zero_is_met_exactly_and_the_ends_of_the_range_within_a_step(float low, float high, int zeroPoint)
    {
        var quantization = new ActivationRange(low, high).Quantization();

        Assert.Equal(zeroPoint, quantization.ZeroPoint);
        Assert.InRange(
            (0 - quantization.ZeroPoint) * quantization.Scale,
            Math.Min(low, 0) - quantization.Scale,
            Math.Min(low, 0) + quantization.Scale);
        Assert.InRange(
            (255 - quantization.ZeroPoint) * quantization.Scale,
            Math.Max(high, 0) - quantization.Scale,
            Math.Max(high, 0) + quantization.Scale);
    }

    [Fact]
    public void Ranges_come_back_from_a_file_s_metadata()
    {
        var ranges = new ActivationRanges(
            new Dictionary<string, ActivationRange> { ["Encoder.conv1"] = new(0, 3.25f), ["aspp"] = new(-1.5f, 2) });

        var read = ActivationRanges.Read(new Dictionary<string, string> { [ActivationRanges.MetadataKey] = ranges.Text() });

        Assert.Equal(ranges.All, read!.All);
        Assert.Null(ActivationRanges.Read(new Dictionary<string, string>()));
    }

    [Theory]
    [InlineData("[1, 2]", "not usable JSON")]
    [InlineData("{\"a\": [1]}", "pairs")]
    [InlineData("{\"a\": [2, 1]}", "pairs")]
    [InlineData("{\"a\": null}", "pairs")]
    public void Broken_metadata_is_refused_with_its_key(string text, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(
            () => ActivationRanges.Read(new Dictionary<string, string> { [ActivationRanges.MetadataKey] = text }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("int8.ranges", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_range_names_itself_and_the_command_that_makes_it()
    {
        var error = Assert.Throws<InvalidDataException>(
            () => new ActivationRanges(new Dictionary<string, ActivationRange>()).Of("LAE.conv1"));

        Assert.Contains("LAE.conv1", error.Message, StringComparison.Ordinal);
        Assert.Contains("calibrate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorder_leaves_out_the_most_extreme_values_and_keeps_the_widest_of_all_calls()
    {
        using var scope = torch.NewDisposeScope();
        var recorder = new RangeRecorder();
        var map = torch.rand(1, 10, 100, 100);
        map[0, 0, 0, 0] = torch.tensor(1000f);

        recorder.Record("a", map);
        recorder.Record("a", map.neg());
        recorder.Record("", map);

        var (name, range) = Assert.Single(recorder.Ranges.All);
        Assert.Equal("a", name);
        Assert.InRange(range.High, 0.99f, 1);
        Assert.InRange(range.Low, -1, -0.99f);
        Assert.Equal(1000, recorder.Extremes["a"].High);
    }
}
