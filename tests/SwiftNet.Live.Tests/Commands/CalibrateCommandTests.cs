using CliWrap;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Network.Int8;
using SwiftNet.Tests;
using SwiftNet.Weights;

namespace SwiftNet.Live.Tests.Commands;

public sealed class CalibrateCommandTests : IDisposable
{
    private static readonly string s_shipped = Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors");

    private readonly TemporaryFolder _folder = new();

    private string Bare => _folder["bare.safetensors"];

    private string Output => _folder["out.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_shipped_weights_carry_their_ranges() => Assert.NotNull(ActivationRanges.Read(SafetensorsFile.Open(s_shipped).Metadata));

    [Fact]
    public async Task A_folder_of_images_gives_weights_their_ranges_and_leaves_their_tensors_as_they_are()
    {
        WriteWithoutRanges();
        Directory.CreateDirectory(_folder["frames"]);
        await Cli.Wrap("ffmpeg")
            .WithArguments(
                [
                    "-loglevel", "error", "-i", Path.Combine(Repository.Folder, "samples", "cup.mp4"), "-frames:v", "3",
                    _folder["frames/%04d.png"],
                ])
            .ExecuteAsync(TestContext.Current.CancellationToken);

        var (code, output, errors) = LiveProcess.Run(
            "calibrate", Bare, "--frames", _folder["frames"], "--size", "192x144", "--output", Output);

        Assert.True(code == 0, errors);
        var (before, after) = (SafetensorsFile.Open(s_shipped), SafetensorsFile.Open(Output));
        var ranges = ActivationRanges.Read(after.Metadata)!;
        Assert.Equal(ActivationRanges.Read(before.Metadata)!.All.Keys.Order(), ranges.All.Keys.Order());
        Assert.All(ranges.All.Values, range => Assert.True(range.High > 0));
        Assert.Equal(before.Fingerprint(), after.Fingerprint());
        Assert.Contains("clipped", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_without_ranges_calibrate_themselves_at_load()
    {
        Assert.SkipWhen(Int8Support.LargestWeight == 0, "this processor or this libtorch has no 8-bit convolutions");
        WriteWithoutRanges();

        using var bare = SwiftNetModel.Load(Bare, "cpu", Precision.Int8);
        using var shipped = SwiftNetModel.Load(s_shipped, "cpu", Precision.Int8);

        Assert.True(bare.CalibratedAtLoad);
        Assert.False(shipped.CalibratedAtLoad);
        Assert.Equal("int8", bare.Format);
    }

    [Theory]
    [InlineData("Name one source", "--davis", "a", "--frames", "b")]
    [InlineData("The folder nowhere does not exist", "--frames", "nowhere")]
    [InlineData("The size 5 is not understood", "--size", "5")]
    public void What_cannot_be_done_is_one_line(string expected, params string[] arguments)
    {
        var (code, _, errors) = LiveProcess.Run(["calibrate", s_shipped, "--output", Output, .. arguments]);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    private void WriteWithoutRanges()
    {
        var file = SafetensorsFile.Open(s_shipped);
        var metadata = file.Metadata.Where(m => m.Key != ActivationRanges.MetadataKey).ToDictionary(m => m.Key, m => m.Value);
        SafetensorsFile.Write(Bare, file.Tensors, metadata);
    }
}
