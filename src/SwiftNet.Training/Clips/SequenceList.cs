namespace SwiftNet.Training.Clips;

/// <summary>A text file with one sequence name per line; empty lines and comments after <c>#</c> are ignored.</summary>
internal static class SequenceList
{
    /// <summary>Reads the names in the file's order.</summary>
    /// <exception cref="UserErrorException">The file is missing, or a line contains a path instead of a name.</exception>
    public static string[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"The sequence list {path} does not exist.");
        }

        var names = File.ReadLines(path).Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0).ToArray();
        return Array.Find(names, n => Path.GetFileName(n) != n) is { } wrong
            ? throw new UserErrorException($"{path} contains '{wrong}', which is not a sequence name.")
            : names;
    }
}
