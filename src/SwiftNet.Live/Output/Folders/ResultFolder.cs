using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Folders;

/// <summary>The folder that a camera's files go to, for this process alone.</summary>
/// <param name="options">The options.</param>
/// <param name="camera">The camera's activation in a fleet, where numbers decide in place of a lock.</param>
internal sealed class ResultFolder(OutputOptions options, CameraLease camera) : IDisposable
{
    private FolderLock? _lock;

    /// <summary>The path of a file or folder in it; the folder is made and taken with the first one.</summary>
    /// <exception cref="UserErrorException">Another process, or another camera, writes there.</exception>
    /// <exception cref="UserErrorException">It is not writable.</exception>
    public string PathOf(string name)
    {
        var folder = OutputFolder.Make(options.Directory);
        _lock ??= camera.Epoch > 0 ? null : FolderLock.Take(folder, "Output:Directory");
        return Path.Combine(folder, name);
    }

    /// <summary>Takes the folder before anything is written there; one that is not writable now is tried again later.</summary>
    /// <exception cref="UserErrorException">Another process, or another camera, writes there.</exception>
    public void Claim()
    {
        try
        {
            PathOf("");
        }
        catch (UserErrorException e) when (!FolderLock.IsInUse(e))
        {
            // What is to be written there says so.
        }
    }

    /// <summary>The path of a result of a run that ends, which is not there yet, or may be replaced.</summary>
    /// <exception cref="UserErrorException">An earlier run has left it there.</exception>
    public string NewPathOf(string name)
    {
        var path = PathOf(name);
        return options.Overwrite || Earlier(path) is not { } found
            ? path
            : throw new UserErrorException($"The folder {options.Directory} holds results of an earlier run ({Path.GetRelativePath(options.Directory, found)}). Name another folder, or replace them with --overwrite (Output:Overwrite=true).");
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private static string? Earlier(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.png").FirstOrDefault()
        : Array.Find([path, PartFile.Beside(path).PartPath, PartFile.BesideWithExtension(path).PartPath], File.Exists);
}

/// <summary>Says that a run's results have plain names, also where it is played live: one clip, in a folder of its own.</summary>
internal sealed record PlainNames;
