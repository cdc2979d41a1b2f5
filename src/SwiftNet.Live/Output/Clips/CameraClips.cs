using System.Text.Json;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Clips;

/// <summary>The event clips of a camera on the disk: written by the sink, listed and deleted by viewers, deleted by age and size. Empty
/// until the sink opens the folder. Thread-safe.</summary>
/// <param name="camera">The camera's name.</param>
/// <param name="counters">Receives the number and size of the clips.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives failures.</param>
internal sealed partial class CameraClips(string camera, ClipCounters counters, TimeProvider time, ILogger<CameraClips> logger)
    : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private RecordingFolder? _folder;
    private ITimer? _looking;

    /// <summary>The camera's name.</summary>
    public string Camera => camera;

    /// <summary>Opens the folder, in place of one with earlier limits.</summary>
    /// <exception cref="UserErrorException">The folder is not writable, or in use.</exception>
    public void Open(Func<RecordingFolder> open)
    {
        lock (_lock)
        {
            _folder?.Dispose();
            _folder = null;
            _folder = open();
            _looking ??= time.CreateTimer(_ => MakeRoom(), null, s_look, s_look);
        }

        MakeRoom();
    }

    /// <summary>Creates the folder of a clip, under a temporary name.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be created.</exception>
    public PartFile Create(DateTimeOffset at)
    {
        lock (_lock)
        {
            var folder = (_folder ?? throw new IOException("the folder of clips is not open")).Next(at);
            Directory.CreateDirectory(folder.PartPath);
            return folder;
        }
    }

    /// <summary>Gives a complete clip its final name.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public void Keep(PartFile clip)
    {
        lock (_lock)
        {
            Directory.Move(clip.PartPath, clip.Path);
        }

        counters.Wrote();
        MakeRoom();
    }

    /// <summary>Lists clips, newest first.</summary>
    /// <param name="limit">Maximum number.</param>
    /// <param name="before">Only clips older than the one of this id; null = from the newest.</param>
    public ClipList List(int limit, string? before)
    {
        lock (_lock)
        {
            var names = _folder?.Names ?? [];
            var older = names.Reverse().Where(name => before is null || string.CompareOrdinal(name, before) < 0).Take(limit + 1).ToArray();
            return new ClipList(
                [.. older.Take(limit).Select(Read).OfType<ClipFacts>()],
                names.Count,
                older.Length > limit ? older[limit - 1] : null);
        }
    }

    /// <summary>Opens a file of a clip; null if there is no such clip or file.</summary>
    /// <param name="id">The clip.</param>
    /// <param name="file">One of <see cref="ClipFiles"/>.</param>
    public FileStream? OpenFile(string id, string file)
    {
        lock (_lock)
        {
            try
            {
                return _folder?.PathOf(id) is { } path ? File.OpenRead(Path.Combine(path, file)) : null;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }
    }

    /// <summary>Deletes a clip; false if there is none of this id.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be deleted.</exception>
    public bool Delete(string id)
    {
        bool found;
        lock (_lock)
        {
            found = _folder?.Delete(id) == true;
        }

        Count();
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _looking?.Dispose();
            _folder?.Dispose();
            (_looking, _folder) = (null, null);
        }
    }

    private void MakeRoom()
    {
        try
        {
            lock (_lock)
            {
                _folder?.MakeRoom(current: null);
            }

            Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Retried a minute later.
            Log.NoRoom(logger, e.Message);
        }
    }

    private void Count()
    {
        lock (_lock)
        {
            counters.Keeps(_folder?.Names.Count ?? 0, _folder?.Bytes ?? 0);
        }
    }

    private ClipFacts? Read(string id)
    {
        try
        {
            if (_folder!.PathOf(id) is not { } folder)
            {
                return null;
            }

            var json = File.ReadAllBytes(Path.Combine(folder, ClipFiles.Facts));
            return JsonSerializer.Deserialize(json, ClipJson.Default.ClipFacts) is not { } facts
                ? null
                : facts with { Id = id, Camera = camera, Files = ClipFiles.In(folder) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Not a clip, or deleted meanwhile.
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Old event clips could not be looked for: {Message}")]
        public static partial void NoRoom(ILogger logger, string message);
    }
}
