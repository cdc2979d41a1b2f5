using Microsoft.Extensions.Logging;
using SwiftNet.Live.Output.Folders;

namespace SwiftNet.Live.Segment;

/// <summary>The folders that this process keeps its cameras' objects in, for itself alone: two processes would each write over what the
/// other one keeps.</summary>
internal sealed partial class StateFolders(ILogger<StateFolders> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FolderLock?> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes a folder, once; it is made where it is missing. One that cannot be written is logged, and nothing is kept
    /// there.</summary>
    /// <exception cref="UserErrorException">Another process keeps its objects there.</exception>
    public void Take(string folder)
    {
        lock (_lock)
        {
            var path = Path.GetFullPath(folder);
            if (_taken.ContainsKey(path))
            {
                return;
            }

            try
            {
                _taken[path] = FolderLock.Take(OutputFolder.Make(path), "Objects:StateFolder");
            }
            catch (UserErrorException e) when (!FolderLock.IsInUse(e))
            {
                _taken[path] = null;
                Log.NotTaken(logger, path, e.InnerException?.Message ?? e.Message);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var taken in _taken.Values)
        {
            taken?.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The objects cannot be kept in {Folder}, which is not writable: {Message}")]
        public static partial void NotTaken(ILogger logger, string folder, string message);
    }
}
