using SwiftNet.Tests.Network;

[assembly: AssemblyFixture(typeof(SwiftNet.Tests.ShippedModel))]

namespace SwiftNet.Tests;

/// <summary>The weights that are shipped, loaded once for all tests: float32, channels-last and folded.</summary>
public sealed class ShippedModel : IDisposable
{
    /// <summary>The weights file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Repository.Folder, "models", "swiftnet-r18.safetensors");

    /// <summary>The network.</summary>
    public SwiftNetModel Model { get; } = SwiftNetModel.Load(Path, NetworkWeights.Fast);

    public void Dispose() => Model.Dispose();
}
