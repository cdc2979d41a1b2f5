using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>The mask folders of a run: a single folder, or for live runs consecutive segments named by the time of their first frame. Used
/// by the output thread only.</summary>
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

    /// <summary>A single folder, created if missing.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="replace">Whether masks of an earlier run are deleted at the first frame.</param>
    /// <exception cref="UserErrorException">The folder cannot be created.</exception>
    public MaskFolder(string path, bool replace = false)
    {
        (_current, _replaces, _time) = (OutputFolder.Make(path), replace, TimeProvider.System);
    }

    /// <summary>Consecutive segments.</summary>
    /// <param name="folder">The parent folder; disposed with this object.</param>
    /// <param name="bounds">Limits of a segment.</param>
    /// <param name="time">The clock.</param>
    public MaskFolder(RecordingFolder folder, ResultFilesOptions bounds, TimeProvider time) =>
        (_folder, _bounds, _time) = (folder, bounds, time);

    /// <summary>Writes one picture of a frame; its size counts towards the segment.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the file at the given path.</param>
    /// <exception cref="IOException">The picture could not be written.</exception>
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
            // In a live run the next frame starts another folder.
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

        var ends = _current is not null
            && (_time.GetElapsedTime(_openedAt).TotalMinutes >= _bounds!.SegmentMinutes || _bytes >= _bounds.SegmentMegabytes * 1_000_000L);
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

    // Not on the output thread: a folder may contain ten thousand pictures.
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
                    // Retried with the next check; writing results reports a missing folder.
                }
            });
        }
    }
}
