namespace SwiftNet.Live.Output.Folders;

/// <summary>The folder that results go to.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder of the file <paramref name="path"/>.</summary>
    /// <exception cref="UserErrorException">It cannot be made or written to.</exception>
    public static void MakeFor(string path) => Make(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Makes the folder where it is missing, proves that it takes files, and returns its full path.</summary>
    /// <exception cref="UserErrorException">It cannot be made or written to.</exception>
    public static string Make(string folder)
    {
        try
        {
            var path = Directory.CreateDirectory(folder).FullName;
            using var probe = new FileStream(Path.Combine(path, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Output folder {folder} is not writable: {e.Message} Name another folder or mend its permissions.", e);
        }
    }
}
