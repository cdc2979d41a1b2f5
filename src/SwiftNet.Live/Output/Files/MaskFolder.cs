using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>Where the masks of a run go: one folder, or, of a live run, one after the other, each named by the time of its first frame. Serves the output thread alone.</summary>
internal sealed class MaskFolder : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private readonly RecordingFolder? _folder;
    private readonly ResultFilesOptions? _bounds;
    private readonly TimeProvider _time;
    private bool _replaces;
    private string? _current;
    private long _openedAt;
    private long _bytes;
    private long _lookedAt;
    private Task _making = Task.CompletedTask;

    /// <summary>One folder, made where it is missing.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="replace">Whether the masks of an earlier run are deleted when the first frame comes.</param>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public MaskFolder(string path, bool replace = false)
    {
        (_current, _replaces, _time) = (OutputFolder.Make(path), replace, TimeProvider.System);
    }

    /// <summary>A folder after the other.</summary>
    /// <param name="folder">Where they lie; disposed with this.</param>
    /// <param name="bounds">When one ends.</param>
    /// <param name="time">The clock.</param>
    public MaskFolder(RecordingFolder folder, ResultFilesOptions bounds, TimeProvider time) => (_folder, _bounds, _time) = (folder, bounds, time);

    /// <summary>Writes one picture of a frame by its path; what it holds counts.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the file.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(Frame frame, string name, Action<string> write)
    {
        try
        {
            var path = Path.Combine(For(frame), name);
            write(path);
            _bytes += _folder is null ? 0 : new FileInfo(path).Length;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            // Of a live run the next frame begins another folder.
            _current = _folder is null ? _current : null;
            throw new IOException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _making.GetAwaiter().GetResult();
        _folder?.Dispose();
    }

    private string For(Frame frame)
    {
        if (_folder is null)
        {
            Replace();
            return _current!;
        }

        var ends = _current is not null && (_time.GetElapsedTime(_openedAt).TotalMinutes >= _bounds!.SegmentMinutes || _bytes >= _bounds.SegmentMegabytes * 1_000_000L);
        if (_current is null || ends)
        {
            _current = Directory.CreateDirectory(_folder.Next(frame.CapturedTime).Path).FullName;
            (_openedAt, _bytes) = (_time.GetTimestamp(), 0);
        }

        MakeRoomNowAndThen();
        return _current;
    }

    private void Replace()
    {
        if (_replaces)
        {
            _replaces = false;
            foreach (var mask in Directory.EnumerateFiles(_current!, "*.png"))
            {
                File.Delete(mask);
            }
        }
    }

    // Beside the output thread: a folder may hold ten thousand pictures.
    private void MakeRoomNowAndThen()
    {
        if ((_lookedAt == 0 || _time.GetElapsedTime(_lookedAt) >= s_look) && _making.IsCompleted)
        {
            _lookedAt = _time.GetTimestamp();
            var (current, bytes) = (_current, _bytes);
            _making = Task.Run(() =>
            {
                try
                {
                    _folder!.MakeRoom(current, bytes);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The next look tries again; what is written says by itself where the folder is gone.
                }
            });
        }
    }
}
