namespace SwiftNet.Live;

/// <summary>Where a program lies.</summary>
internal static class ExecutablePath
{
    /// <summary>Looks for <paramref name="program"/> in the folders of PATH.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="searchPath">The folders; null for PATH.</param>
    /// <param name="user">What needs it, for the message.</param>
    /// <exception cref="UserErrorException">It is not there; the message names the command that installs it.</exception>
    public static string Find(string program, string? searchPath = null, string user = "Video output")
    {
        searchPath ??= Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, program);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new UserErrorException($"{user} needs {program}, which is not installed; install it with: sudo apt-get install -y ffmpeg");
    }
}
