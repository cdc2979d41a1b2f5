namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>An empty folder, gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swiftnet-");

    public string Root => _folder.FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>The files in it.</summary>
    public string[] Names => [.. Directory.EnumerateFiles(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public void Dispose() => _folder.Delete(recursive: true);
}
