using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Zones;

/// <summary>Keeps a camera's counts and drawn zones in a file, within two seconds of a change and at the stop. A file that cannot be read
/// is set aside.</summary>
internal sealed partial class ZoneKeeper : IDisposable
{
    private const long Largest = 4 << 20;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);
    private readonly Lock _writing = new();
    private readonly string _path;
    private readonly Func<(ZoneFileContent Content, long Revision)> _content;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private long _saved;
    private bool _fails;

    /// <summary>Prepares it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What to keep, and a number that is another after each change.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives failures.</param>
    public ZoneKeeper(string path, Func<(ZoneFileContent Content, long Revision)> content, TimeProvider time, ILogger logger)
    {
        (_path, _content, _time, _logger) = (path, content, time, logger);
    }

    /// <summary>Reads what was kept; null if there is nothing, or nothing that can be used.</summary>
    public ZoneFileContent? Read()
    {
        try
        {
            using var file = File.OpenRead(_path);
            return file.Length <= Largest
                && JsonSerializer.Deserialize(file, ZoneFileJson.Default.ZoneFileContent) is { IsValid: true } content
                ? content
                : throw new InvalidDataException("It is no file of zones of this version.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            SetAside(e.Message);
            return null;
        }
    }

    /// <summary>Saves changes from now on.</summary>
    /// <param name="revision">The number of what is there now, which is not saved again.</param>
    public void Start(long revision)
    {
        _saved = revision;
        _timer = _time.CreateTimer(_ => Save(), null, s_period, s_period);
    }

    /// <summary>Saves the last changes.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        Save();
    }

    private void Save()
    {
        lock (_writing)
        {
            var (content, revision) = _content();
            if (revision == _saved)
            {
                return;
            }

            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
                PartFile.Beside(_path).Write(stream => JsonSerializer.Serialize(stream, content, ZoneFileJson.Default.ZoneFileContent));
                (_saved, _fails) = (revision, false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!_fails)
                {
                    Log.CannotWrite(_logger, _path, e.Message);
                }

                _fails = true;
            }
        }
    }

    private void SetAside(string why)
    {
        try
        {
            File.Move(_path, _path + ".broken", overwrite: true);
            Log.SetAside(_logger, _path, why, _path + ".broken");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.Unusable(_logger, _path, why, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The zones of {Path} cannot be restored: {Message} The file is now {Aside}")]
        public static partial void SetAside(ILogger logger, string path, string message, string aside);

        [LoggerMessage(2, LogLevel.Error, "The zones of {Path} cannot be restored: {Message} The file cannot be set aside either: {Why}")]
        public static partial void Unusable(ILogger logger, string path, string message, string why);

        [LoggerMessage(3, LogLevel.Error, "The zones cannot be kept in {Path}: {Message} It is tried again")]
        public static partial void CannotWrite(ILogger logger, string path, string message);
    }
}
