using SwiftNet.Tests;
using SwiftNet.Training.Network;
using SwiftNet.Weights;

namespace SwiftNet.Training.Tests;

/// <summary>The weights that are shipped, to start from.</summary>
internal static class StartWeights
{
    public static string Path { get; } = System.IO.Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors");

    public static MasterWeights Load()
    {
        var file = SafetensorsFile.Open(Path);
        return new MasterWeights(Path, file.Tensors, file.Metadata);
    }
}
