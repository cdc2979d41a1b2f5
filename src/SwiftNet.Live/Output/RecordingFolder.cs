using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>The files of a recording, named by the time of their first frame (UTC). The oldest make room; no other file is ever touched.</summary>
internal sealed partial class RecordingFolder : IDisposable
{
    private readonly string _folder;
    private readonly long _keep;
    private readonly long _floor;
    private readonly ILogger _logger;
    private readonly FileStream? _lock;
    private readonly long _epoch;
    private bool _short;

    /// <summary>Takes the folder, and gives the files that a crash cut off their names: they play up to there.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="keepBytes">What all files together may hold.</param>
    /// <param name="floorBytes">What the disk must have left.</param>
    /// <param name="logger">Where is told what was deleted.</param>
    /// <param name="lease">In a fleet: the camera's activation. Its number stands in the files' names, and the folder belongs to the newest one.</param>
    /// <exception cref="UserErrorException">It is not writable, or another process records there.</exception>
    public RecordingFolder(string folder, double keepBytes, double floorBytes, ILogger logger, CameraLease? lease = null)
    {
        (_folder, _keep, _floor, _logger, _epoch) = (OutputFolder.Make(folder), (long)keepBytes, (long)floorBytes, logger, lease?.Epoch ?? 0);
        try
        {
            // An activation before this one may stand still and hold a lock for ever: numbers decide.
            _lock = _epoch > 0 ? null : new FileStream(Path.Combine(_folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new UserErrorException($"The recordings folder {_folder} is in use by another process; name another Output:Directory.", e);
        }

        Claim();
        foreach (var path in Own().Where(IsPart))
        {
            File.Move(path, path[..^PartSuffix.Length], overwrite: true);
            Log.Found(logger, path[..^PartSuffix.Length]);
        }
    }

    // As PartFile.BesideWithExtension has it.
    private static string PartSuffix => ".part.mp4";

    /// <summary>The file for a segment that begins at this time.</summary>
    /// <exception cref="IOException">In a fleet: a newer activation of the camera records here.</exception>
    public PartFile Next(DateTimeOffset start)
    {
        Check();
        var stem = Path.Combine(_folder, start.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss.fff'Z'", CultureInfo.InvariantCulture) + (_epoch > 0 ? $"-e{_epoch}" : ""));
        var path = $"{stem}.mp4";
        for (var n = 2; File.Exists(path); n++)
        {
            path = $"{stem}-{n}.mp4";
        }

        return PartFile.BesideWithExtension(path);
    }

    /// <summary>Deletes the oldest files until the rest is within bounds; all but <paramref name="current"/>, if need be.</summary>
    /// <exception cref="IOException">In a fleet: a newer activation of the camera records here.</exception>
    public void MakeRoom(string? current)
    {
        Check();
        var files = Own().Order(StringComparer.Ordinal).Select(path => new FileInfo(path)).Where(file => file.Exists).ToList();
        var total = files.Sum(file => file.Length);
        foreach (var file in files.Where(file => file.FullName != current))
        {
            var free = Free();
            if (total <= _keep && free >= _floor)
            {
                break;
            }

            try
            {
                var length = file.Length;
                file.Delete();
                total -= length;
                Log.Deleted(_logger, file.Name, total / 1e9, free / 1e9);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.NotDeleted(_logger, file.Name, e.Message);
            }
        }

        Warn(Free());
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private string EpochFile => Path.Combine(_folder, ".epoch");

    // Beside and renamed: it is whole whenever it is read.
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
            throw new IOException($"activation {newest} of the camera records in {_folder} already, this is {_epoch}");
        }
    }

    private long Newest() => File.Exists(EpochFile) && long.TryParse(File.ReadAllText(EpochFile), NumberStyles.None, CultureInfo.InvariantCulture, out var newest) ? newest : 0;

    private void Warn(long free)
    {
        if (free < _floor && !_short)
        {
            Log.Short(_logger, _folder, free / 1e9, _floor / 1e9);
        }

        _short = free < _floor;
    }

    private long Free() => new DriveInfo(_folder).AvailableFreeSpace;

    private IEnumerable<string> Own() => Directory.EnumerateFiles(_folder, "*.mp4").Where(path => OwnName().IsMatch(Path.GetFileName(path)));

    private static bool IsPart(string path) => path.EndsWith(PartSuffix, StringComparison.Ordinal);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z(-e\d+)?(-\d+)?\.mp4(\.part\.mp4)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnName();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The recording {File} was cut off by a crash or a power cut; it is kept and plays up to there")]
        public static partial void Found(ILogger logger, string file);

        [LoggerMessage(2, LogLevel.Information, "Deleted the oldest recording {File}: {Total:0.000} GB are left of them, the disk had {Free:0.000} GB free")]
        public static partial void Deleted(ILogger logger, string file, double total, double free);

        [LoggerMessage(3, LogLevel.Warning, "The recording {File} could not be deleted: {Message}")]
        public static partial void NotDeleted(ILogger logger, string file, string message);

        [LoggerMessage(4, LogLevel.Warning, "The disk of {Folder} has {Free:0.000} GB free, less than Output:Recording:FloorGigabytes={Floor}, and no older recording is left to delete; free some space")]
        public static partial void Short(ILogger logger, string folder, double free, double floor);
    }
}
