namespace SwiftNet.Live.Output.Folders;

/// <summary>Creates output folders.</summary>
internal static class OutputFolder
{
    /// <summary>Creates the folder of the file <paramref name="path"/>.</summary>
    /// <exception cref="UserErrorException">The folder cannot be created or written to.</exception>
    public static void MakeFor(string path) => Make(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Creates a folder if missing, checks that it is writable, and returns its full path.</summary>
    /// <exception cref="UserErrorException">The folder cannot be created or written to.</exception>
    public static string Make(string folder)
    {
        try
        {
            var path = Directory.CreateDirectory(folder).FullName;
            using var probe = new FileStream(
                Path.Combine(path, $".probe-{Guid.NewGuid():N}"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Output folder {folder} is not writable: {e.Message} Choose another folder or correct its permissions.", e);
        }
    }
}
