using CliWrap;
using CliWrap.Buffered;
using SwiftNet.Imaging.Png;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests;

/// <summary><c>samples/Embedding</c>, the program that the documentation builds on, as it is built.</summary>
public sealed class EmbeddingSampleTests : IDisposable
{
    private const int Frames = 8;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_video_and_a_mask_become_a_mask_for_each_frame()
    {
        Ffmpeg.Convert(InRepository("samples", "cup.mp4"), _folder["short.mp4"], "-frames:v", $"{Frames}");

        var run = await Cli.Wrap("dotnet")
            .WithArguments(
            [
                Program(),
                _folder["short.mp4"],
                InRepository("samples", "cup-mask.png"),
                InRepository("models", "swiftnet-r18.safetensors"),
                _folder["masks"],
            ])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("", ""), (run.StandardOutput, run.StandardError));
        var masks = Directory.GetFiles(_folder["masks"]).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(Frames, masks.Length);
        Assert.Equal([1, 2], IndexedPng.Read(masks[^1]).DistinctIds());
    }

    private static string InRepository(params string[] parts) => Path.Combine([Repository.Folder, .. parts]);

    private static string Program() => InRepository("samples", "Embedding", "bin", "Release", "net10.0", "linux-x64", "Embedding.dll");
}
