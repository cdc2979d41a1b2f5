namespace SwiftNet.Live.Segment;

/// <summary>Finds the weights that <c>Segment:Weights</c> names.</summary>
internal static class WeightsFile
{
    /// <summary>An absolute path as it is; a relative one in the current folder, beside the executable, then in each folder above it (a
    /// checkout's).</summary>
    /// <exception cref="UserErrorException">It is nowhere.</exception>
    public static string Find(string path)
    {
        if (File.Exists(path))
        {
            return Path.GetFullPath(path);
        }

        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null && !Path.IsPathRooted(path);
            folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, path) is var found && File.Exists(found))
            {
                return found;
            }
        }

        throw new UserErrorException(
            $"The weights {path} are missing. Set Segment:Weights to a safetensors file; import-weights "
                + "makes one of a published checkpoint.");
    }
}
