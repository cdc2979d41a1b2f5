namespace SwiftNet.Imaging.Datasets;

/// <summary>Folders of a benchmark, with errors that name what is missing.</summary>
internal static class BenchmarkFolder
{
    /// <summary>Checks that a folder is there.</summary>
    /// <exception cref="UserErrorException">It is not.</exception>
    public static void Require(string folder, string what)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"The folder {folder} is missing: {what} is not there. Check the path.");
        }
    }

    /// <summary>A sequence's name, checked to be one folder and not a path that leads elsewhere.</summary>
    /// <exception cref="UserErrorException">It is a path.</exception>
    public static string Name(string name) => name is not ("." or "..") && Path.GetFileName(name) == name
        ? name
        : throw new UserErrorException($"'{name}' is no name of a sequence; the data set's list is damaged.");

    /// <summary>The files of a folder by their names without extension, in the order of the numbers in them.</summary>
    /// <exception cref="UserErrorException">The folder is missing or holds none.</exception>
    public static SortedDictionary<string, string> Files(string folder, string extension, string what)
    {
        Require(folder, $"the {what}");
        var files = new SortedDictionary<string, string>(NaturalOrder.Instance);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (Path.GetExtension(file).Equals(extension, StringComparison.OrdinalIgnoreCase))
            {
                files.Add(Path.GetFileNameWithoutExtension(file), file);
            }
        }

        return files.Count > 0
            ? files
            : throw new UserErrorException($"The folder {folder} holds no {extension} file: no {what} is there.");
    }
}
