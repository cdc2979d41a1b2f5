namespace SwiftNet.Tests;

/// <summary>Where the tests find the repository and what lies beside it.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Folder { get; } = Find();

    /// <summary>A file or folder of the shared data, or skips the test where that is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("SWIFTNET_SHARED") ?? Path.GetFullPath(Path.Combine(Folder, "..", "shared"));
        var path = Path.Combine([root, .. parts]);
        if (!Path.Exists(path))
        {
            Assert.Skip($"{path} is not here");
        }

        return path;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SwiftNet.Live.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run from within the repository.");
    }
}
