using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests;

/// <summary>Which libtorch the service is built with, as MSBuild evaluates its project: the CUDA packages need not be restored for
/// that.</summary>
public sealed class ProjectFilesTests
{
    [Fact]
    public async Task By_default_the_linux_cpu_build_of_libtorch_alone_is_referenced()
    {
        Assert.Equal(["libtorch-cpu-linux-x64"], await LibTorchPackages());
    }

    [Fact]
    public async Task The_cuda_backend_references_the_cuda_bundle_and_no_cpu_build()
    {
        Assert.Equal(["TorchSharp-cuda-linux"], await LibTorchPackages("-p:TorchBackend=cuda"));
    }

    private static async Task<string[]> LibTorchPackages(params string[] properties)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments(
                [
                    "msbuild", Path.Combine(Repository.Folder, "src", "SwiftNet.Live"), "-getItem:PackageReference",
                    "-p:Configuration=Release", .. properties,
                ])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(result.StandardOutput);
        return [.. json.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(name => name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("TorchSharp", StringComparison.OrdinalIgnoreCase))];
    }
}
