using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Folders;

/// <summary>
/// A folder of live results of one kind, named by the time of their first frame (UTC): recordings, object lines, folders of masks or event
/// clips. The oldest results are deleted to make room, and those older than an age; other files are never touched.
/// </summary>
internal sealed partial class RecordingFolder : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH-mm-ss.fff'Z'";
    private const int TimeLength = 24;
    private const RegexOptions NameOptions = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan s_nameTimeout = TimeSpan.FromSeconds(1);
    private static readonly string[] s_resultFiles = [".png", ".jpg", ".mp4", ".json"];
    private readonly string _folder;
    private readonly long _keep;
    private readonly long _floor;
    private readonly ILogger _logger;
    private readonly FolderLock? _lock;
    private readonly long _epoch;
    private readonly string _extension;
    private readonly Regex _ownName;
    private readonly Dictionary<string, long> _folderBytes = new(StringComparer.Ordinal);
    private readonly TimeSpan? _keepFor;
    private readonly TimeProvider _time;
    private bool _short;

    /// <summary>Opens the folder, and renames results left by a crash to their final names: they are readable up to the crash.</summary>
    /// <param name="folder">The folder; created if missing.</param>
    /// <param name="keepBytes">Maximum total size.</param>
    /// <param name="floorBytes">Free disk space to preserve.</param>
    /// <param name="logger">Receives deletions and warnings.</param>
    /// <param name="lease">In a fleet: the camera's activation. Its number is part of the file names, and only the newest activation may
    /// write to the folder.</param>
    /// <param name="extension">Extension of the files, such as <c>.mp4</c>; empty for folders of pictures.</param>
    /// <param name="keepFor">Age at which results are deleted; null = none.</param>
    /// <param name="time">The clock; null = the system's.</param>
    /// <exception cref="UserErrorException">The folder is not writable.</exception>
    /// <exception cref="UserErrorException">Another process or camera writes to the folder.</exception>
    public RecordingFolder(
        string folder,
        double keepBytes,
        double floorBytes,
        ILogger logger,
        CameraLease? lease = null,
        string extension = ".mp4",
        TimeSpan? keepFor = null,
        TimeProvider? time = null)
    {
        (_keepFor, _time) = (keepFor, time ?? TimeProvider.System);
        (_folder, _keep, _floor, _logger, _epoch) = (OutputFolder.Make(folder), (long)keepBytes, (long)floorBytes, logger, lease?.Epoch ?? 0);
        _extension = extension;
        _ownName = new Regex(
            $@"^\d{{4}}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{{3}}Z(-e\d+)?(-\d+)?{Regex.Escape(extension)}({Regex.Escape(PartSuffix)})?\z",
            NameOptions,
            s_nameTimeout);

        // An earlier activation may be paused and hold a lock forever: activation numbers decide instead.
        _lock = _epoch > 0 ? null : FolderLock.Take(_folder, "Output:Directory");
        Claim();
        Recover();
    }

    // The temporary names of PartFile.BesideWithExtension.
    private string PartSuffix => $".part{_extension}";

    private bool HoldsFolders => _extension.Length == 0;

    /// <summary>Path of a segment that starts at the given time.</summary>
    /// <exception cref="IOException">In a fleet: a newer activation of the camera writes here.</exception>
    public PartFile Next(DateTimeOffset start)
    {
        Check();
        var stem = Path.Combine(_folder, start.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + (_epoch > 0 ? $"-e{_epoch}" : ""));
        var path = stem + _extension;
        for (var n = 2; Path.Exists(path) || Path.Exists(path + PartSuffix); n++)
        {
            path = $"{stem}-{n}{_extension}";
        }

        return HoldsFolders ? PartFile.Beside(path) : PartFile.BesideWithExtension(path);
    }

    /// <summary>Names of the complete results, oldest first.</summary>
    public IReadOnlyList<string> Names => [.. Own().Where(path => !IsPart(path)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Path of a complete result; null if the name is not one of this folder's results.</summary>
    public string? PathOf(string name) =>
        _ownName.IsMatch(name) && !IsPart(name) && Path.Combine(_folder, name) is var path && Path.Exists(path) ? path : null;

    /// <summary>Total size of the complete results in bytes.</summary>
    public long Bytes => Own().Where(path => !IsPart(path)).Sum(BytesOf);

    /// <summary>Deletes a complete result; false if there is none of this name.</summary>
    /// <exception cref="IOException">It cannot be deleted, or in a fleet: a newer activation of the camera writes here.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be deleted.</exception>
    public bool Delete(string name)
    {
        Check();
        if (PathOf(name) is not { } path)
        {
            return false;
        }

        DeleteResult(path);
        return true;
    }

    /// <summary>Deletes the oldest results until the limits hold; never <paramref name="current"/>.</summary>
    /// <param name="current">The result being written; null = none.</param>
    /// <param name="currentBytes">Size of a folder that is being written.</param>
    /// <exception cref="IOException">In a fleet: a newer activation of the camera writes here.</exception>
    public void MakeRoom(string? current, long currentBytes = 0)
    {
        Check();
        var own = Own()
            .Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Bytes: HoldsFolders && path == current ? currentBytes : BytesOf(path)))
            .ToList();
        var total = own.Sum(entry => entry.Bytes);

        // Folders with temporary names are being written.
        foreach (var (path, bytes) in own.Where(entry => entry.Path != current && !(HoldsFolders && IsPart(entry.Path))))
        {
            var free = Free();
            if (total <= _keep && free >= _floor && !IsTooOld(path))
            {
                break;
            }

            try
            {
                DeleteResult(path);
                total -= bytes;
                Log.Deleted(_logger, Path.GetFileName(path), total / 1e9, free / 1e9);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.NotDeleted(_logger, Path.GetFileName(path), e.Message);
            }
        }

        Warn(Free());
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private bool IsTooOld(string path) => _keepFor is { } most
        && DateTimeOffset.TryParseExact(
            Path.GetFileName(path)[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
        && _time.GetUtcNow() - start > most;

    private void Recover()
    {
        foreach (var path in Own().Where(IsPart).ToArray())
        {
            if (HoldsFolders && IsEmptyWithoutParts(path))
            {
                Directory.Delete(path);
                continue;
            }

            var whole = path[..^PartSuffix.Length];
            for (var n = 2; Path.Exists(whole); n++)
            {
                whole = $"{path[..^(PartSuffix.Length + _extension.Length)]}-{n}{_extension}";
            }

            Directory.Move(path, whole);
            Log.Found(_logger, whole);
        }
    }

    // Incomplete files of a folder are of no use.
    private static bool IsEmptyWithoutParts(string folder)
    {
        foreach (var part in Directory.EnumerateFiles(folder, "*.part*"))
        {
            File.Delete(part);
        }

        return !Directory.EnumerateFileSystemEntries(folder).Any();
    }

    private long BytesOf(string path)
    {
        if (!HoldsFolders)
        {
            return new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }

        // A complete folder no longer changes.
        if (!_folderBytes.TryGetValue(path, out var bytes))
        {
            bytes = new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length);
            _folderBytes.Add(path, bytes);
        }

        return bytes;
    }

    private void DeleteResult(string path)
    {
        if (!HoldsFolders)
        {
            File.Delete(path);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(path).Where(file => s_resultFiles.Contains(Path.GetExtension(file))))
        {
            File.Delete(file);
        }

        Directory.Delete(path);
        _folderBytes.Remove(path);
    }

    private string EpochFile => Path.Combine(_folder, ".epoch");

    // Written to a temporary file and renamed, so that readers always see it complete.
    private void Claim()
    {
        if (_epoch > 0 && Newest() < _epoch)
        {
            var beside = PartFile.Beside(EpochFile);
            File.WriteAllText(beside.PartPath, _epoch.ToString(CultureInfo.InvariantCulture));
            beside.Commit();
        }
    }

    private void Check()
    {
        if (_epoch > 0 && Newest() is var newest && newest > _epoch)
        {
            throw new IOException($"the newer activation {newest} of the camera writes to {_folder}; this is {_epoch}");
        }
    }

    private long Newest() =>
        File.Exists(EpochFile)
            && long.TryParse(File.ReadAllText(EpochFile), NumberStyles.None, CultureInfo.InvariantCulture, out var newest)
            ? newest
            : 0;

    private void Warn(long free)
    {
        if (free < _floor && !_short)
        {
            Log.Short(_logger, _folder, free / 1e9, _floor / 1e9);
        }

        _short = free < _floor;
    }

    private long Free() => new DriveInfo(_folder).AvailableFreeSpace;

    private IEnumerable<string> Own() =>
        (HoldsFolders ? Directory.EnumerateDirectories(_folder) : Directory.EnumerateFiles(_folder, "*" + _extension))
        .Where(path => _ownName.IsMatch(Path.GetFileName(path)));

    private bool IsPart(string path) => path.EndsWith(PartSuffix, StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{File} was cut off by a crash or power failure; the part before is kept")]
        public static partial void Found(ILogger logger, string file);

        [LoggerMessage(
            2,
            LogLevel.Information,
            "Deleted the oldest result {File}: {Total:0.000} GB of its kind remain, the disk had {Free:0.000} GB free")]
        public static partial void Deleted(ILogger logger, string file, double total, double free);

        [LoggerMessage(3, LogLevel.Warning, "{File} could not be deleted: {Message}")]
        public static partial void NotDeleted(ILogger logger, string file, string message);

        [LoggerMessage(
            4,
            LogLevel.Warning,
            "The disk of {Folder} has {Free:0.000} GB free, less than MinFreeGigabytes={Floor}, and no older recording can be deleted "
                + "there; free some space")]
        public static partial void Short(ILogger logger, string folder, double free, double floor);
    }
}
