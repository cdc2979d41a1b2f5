namespace SwiftNet.Training.Clips;

/// <summary>A text file with the name of one sequence a line; empty lines and what follows a <c>#</c> are ignored.</summary>
internal static class SequenceList
{
    /// <summary>Reads the names, in the file's order.</summary>
    /// <exception cref="UserErrorException">The file is missing, or a line is a path rather than a name.</exception>
    public static string[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"There is no list of sequences at {path}.");
        }

        var names = File.ReadLines(path).Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0).ToArray();
        return Array.Find(names, n => Path.GetFileName(n) != n) is { } wrong
            ? throw new UserErrorException($"{path} names '{wrong}', which is no sequence's name.")
            : names;
    }
}
