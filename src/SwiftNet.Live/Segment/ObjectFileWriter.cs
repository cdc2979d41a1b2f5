using Microsoft.Extensions.Logging;
using SwiftNet.Live.Output.Folders;

namespace SwiftNet.Live.Segment;

/// <summary>Writes a file of objects beside the segment thread, which waits for no disk. Of what waits the newest is written. A failure is
/// logged once, and so is its end.</summary>
/// <param name="path">The file.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ObjectFileWriter(string path, ILogger logger)
{
    private readonly Lock _lock = new();
    private VideoSnapshot? _next;
    private bool _waits;
    private Task? _working;

    /// <summary>Whether the last attempt failed.</summary>
    public bool Fails { get; private set; }

    /// <summary>Has a snapshot written in place of the file, or, with null, the file deleted.</summary>
    public void Put(VideoSnapshot? snapshot)
    {
        lock (_lock)
        {
            (_next, _waits) = (snapshot, true);
            _working ??= Task.Run(Work);
        }
    }

    /// <summary>Waits until what was put is on the disk; false where it could not be written.</summary>
    public bool Finish()
    {
        Task? working;
        lock (_lock)
        {
            working = _working;
        }

        working?.GetAwaiter().GetResult();
        return !Fails;
    }

    private void Work()
    {
        while (true)
        {
            VideoSnapshot? snapshot;
            lock (_lock)
            {
                if (!_waits)
                {
                    _working = null;
                    return;
                }

                (snapshot, _next, _waits) = (_next, null, false);
            }

            Write(snapshot);
        }
    }

    private void Write(VideoSnapshot? snapshot)
    {
        try
        {
            if (snapshot is not null)
            {
                OutputFolder.MakeFor(path);
                PartFile.Beside(path).Write(snapshot.WriteTo);
            }
            else if (File.Exists(path))
            {
                File.Delete(path);
            }

            if (Fails)
            {
                Log.WritesAgain(logger, path);
            }

            Fails = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserErrorException)
        {
            if (!Fails)
            {
                Log.CannotWrite(logger, path, e.Message);
            }

            Fails = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Error, "The objects cannot be kept in {Path}: {Message} It is tried again")]
        public static partial void CannotWrite(ILogger logger, string path, string message);

        [LoggerMessage(24, LogLevel.Warning, "The objects are kept in {Path} again")]
        public static partial void WritesAgain(ILogger logger, string path);
    }
}
