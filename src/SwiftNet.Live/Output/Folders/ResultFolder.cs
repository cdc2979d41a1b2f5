using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Folders;

/// <summary>The output folder of a camera, locked for this process.</summary>
/// <param name="options">The options.</param>
/// <param name="camera">The camera's activation in a fleet, where activation numbers replace the lock.</param>
internal sealed class ResultFolder(OutputOptions options, CameraLease camera) : IDisposable
{
    private FolderLock? _lock;

    /// <summary>Path of a file or folder inside; the first call creates and locks the output folder.</summary>
    /// <exception cref="UserErrorException">Another process or camera writes to the folder.</exception>
    /// <exception cref="UserErrorException">The folder is not writable.</exception>
    public string PathOf(string name)
    {
        var folder = OutputFolder.Make(options.Directory);
        _lock ??= camera.Epoch > 0 ? null : FolderLock.Take(folder, "Output:Directory");
        return Path.Combine(folder, name);
    }

    /// <summary>Locks the folder before anything is written; a folder that is not writable now is retried later.</summary>
    /// <exception cref="UserErrorException">Another process or camera writes to the folder.</exception>
    public void Claim()
    {
        try
        {
            PathOf("");
        }
        catch (UserErrorException e) when (!FolderLock.IsInUse(e))
        {
            // Writing results will report the error.
        }
    }

    /// <summary>Path of a result of a finite run; it must not exist, unless results may be replaced.</summary>
    /// <exception cref="UserErrorException">The result of an earlier run exists.</exception>
    public string NewPathOf(string name)
    {
        var path = PathOf(name);
        return options.Overwrite || Earlier(path) is not { } found
            ? path
            : throw new UserErrorException(
                $"The folder {options.Directory} contains results of an earlier run ({Path.GetRelativePath(options.Directory, found)}). "
                    + "Choose another folder, or replace them with --overwrite (Output:Overwrite=true).");
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private static string? Earlier(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.png").FirstOrDefault()
        : Array.Find([path, PartFile.Beside(path).PartPath, PartFile.BesideWithExtension(path).PartPath], File.Exists);
}

/// <summary>Marks runs whose results have plain names even if played live: one clip in its own folder.</summary>
internal sealed record PlainNames;
