namespace SwiftNet.Live;

/// <summary>Finds programs.</summary>
internal static class ExecutablePath
{
    /// <summary>Searches the folders of PATH for <paramref name="program"/>.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="searchPath">The folders; null = PATH.</param>
    /// <param name="user">The feature that needs the program, for the message.</param>
    /// <exception cref="UserErrorException">The program is not installed; the message contains the command that installs it.</exception>
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
