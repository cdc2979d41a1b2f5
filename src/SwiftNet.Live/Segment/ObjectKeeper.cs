using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Segment;

/// <summary>
/// Lets a camera's objects outlive a restart and a crash. The file is written within two seconds of every change, every Objects:SaveSeconds
/// while frames come, and at the stop; it is deleted when no object is followed any more. A file that cannot be used is set aside, and the
/// camera starts without it. Lives on the segment thread.
/// </summary>
internal sealed partial class ObjectKeeper : IDisposable
{
    private const string Auto = "auto";
    private const string None = "none";

    // A save a second at most, however often the objects change.
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);
    private readonly string _path;
    private readonly TimeSpan _period;
    private readonly ObjectTable _table;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ObjectFileWriter _writer;
    private readonly ITimer _knocks;
    private long _revision;
    private long? _savedAt;
    private bool _unfinished;
    private bool _framesCame;
    private bool _usable = true;

    /// <summary>Prepares it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="period">The time between two saves without a change.</param>
    /// <param name="table">The objects' list, which says when it has changed.</param>
    /// <param name="knock">Wakes the segment thread, which may wait for a frame.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public ObjectKeeper(string path, TimeSpan period, ObjectTable table, Action knock, TimeProvider time, ILogger logger)
    {
        (_path, _period, _table, _time, _logger) = (path, period, table, time, logger);
        _writer = new ObjectFileWriter(path, logger);
        _knocks = time.CreateTimer(_ => knock(), null, s_least, s_least);
    }

    /// <summary>The keeper that the options ask for; null for none.</summary>
    /// <param name="options">The options.</param>
    /// <param name="control">The camera's name and objects.</param>
    /// <param name="knock">Wakes the segment thread.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public static ObjectKeeper? For(ObjectsOptions options, CameraControl control, Action knock, TimeProvider time, ILogger logger) =>
        FolderOf(options.StateFolder) is { } place
        ? new ObjectKeeper(
            Path.Combine(place, $"{control.Name}.objects"), TimeSpan.FromSeconds(options.SaveSeconds), control.Table, knock, time, logger)
        : null;

    /// <summary>The folder that Objects:StateFolder means; null for none.</summary>
    public static string? FolderOf(string folder)
    {
        // systemd names the folders of StateDirectory, the first one first.
        var place = folder == Auto ? Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0] : folder == None ? null : folder;
        return string.IsNullOrEmpty(place) ? null : place;
    }

    /// <summary>Follows the objects that were followed last; without a file nothing happens.</summary>
    public void Restore(LiveObjects objects)
    {
        try
        {
            using var file = File.OpenRead(_path);
            objects.Restore(file, revision: null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ControlRefusedException)
        {
            SetAside(e.Message);
        }

        _revision = _table.Current.Revision;
    }

    /// <summary>A frame comes: memory may learn from it.</summary>
    public void FrameCame() => _framesCame = true;

    /// <summary>Between two frames: saves where it is time to.</summary>
    public void Look(LiveObjects objects)
    {
        var since = _savedAt is { } at ? _time.GetElapsedTime(at) : TimeSpan.MaxValue;
        var changed = _table.Current.Revision != _revision || (_unfinished && !objects.IsCatchingUp);
        if ((changed && since >= s_least) || (since >= _period && (_writer.Fails || (_framesCame && !objects.IsEmpty))))
        {
            Save(objects);
        }
    }

    /// <summary>At the end: keeps the objects of this moment, and waits until they are on the disk.</summary>
    public void Store(LiveObjects objects)
    {
        if (_table.Current.Revision != _revision || _unfinished || _writer.Fails || (_framesCame && !objects.IsEmpty))
        {
            Save(objects);
        }

        if (_writer.Finish() && _usable && !objects.IsEmpty)
        {
            Log.Kept(_logger, _path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _knocks.Dispose();
        _writer.Finish();
    }

    private void Save(LiveObjects objects)
    {
        (_revision, _savedAt, _unfinished, _framesCame) = (_table.Current.Revision, _time.GetTimestamp(), objects.IsCatchingUp, false);
        if (_usable)
        {
            _writer.Put(objects.Capture());
        }
    }

    // A file that cannot be read may still hold a user's objects: it is never overwritten.
    private void SetAside(string why)
    {
        var aside = _path + ".broken";
        for (var n = 2; File.Exists(aside); n++)
        {
            aside = $"{_path}.broken-{n}";
        }

        try
        {
            File.Move(_path, aside);
            Log.SetAside(_logger, _path, why, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _usable = false;
            Log.Unusable(_logger, _path, why, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            20,
            LogLevel.Error,
            "The objects of {Path} cannot be restored: {Message} The file is now {Aside}, and the camera starts without them")]
        public static partial void SetAside(ILogger logger, string path, string message, string aside);

        [LoggerMessage(
            21,
            LogLevel.Error,
            "The objects of {Path} cannot be restored: {Message} The file cannot be set aside either ({Why}): it "
                + "stays, and no objects are saved")]
        public static partial void Unusable(ILogger logger, string path, string message, string why);

        [LoggerMessage(23, LogLevel.Information, "The objects are kept in {Path} for the next start")]
        public static partial void Kept(ILogger logger, string path);
    }
}
