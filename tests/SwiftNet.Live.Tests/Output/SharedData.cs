namespace SwiftNet.Live.Tests.Output;

/// <summary>The benchmark's files, which are not part of the repository; a test without them is skipped.</summary>
internal static class SharedData
{
    public static string Path(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("SWIFTNET_SHARED") ?? BesideRepository();
        var path = root is null ? null : System.IO.Path.Combine([root, .. parts]);
        Assert.SkipUnless(path is not null && System.IO.Path.Exists(path), $"needs shared/{string.Join('/', parts)} beside the repository");
        return path!;
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.sln").Any())
            {
                return System.IO.Path.Combine(folder.Parent!.FullName, "shared");
            }
        }

        return null;
    }
}
