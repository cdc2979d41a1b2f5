using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>The line files of a run: a single file, or for live runs consecutive segments named by the time of their first frame.</summary>
internal sealed class LineSegments : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(30);
    private readonly Func<Frame, PartFile> _next;
    private readonly RecordingFolder? _folder;
    private readonly ResultFilesOptions? _bounds;
    private readonly TimeProvider _time;
    private LineFile? _open;
    private long _openedAt;
    private long _lookedAt;

    /// <summary>A single file, which replaces an existing one when complete.</summary>
    /// <exception cref="UserErrorException">The folder is not writable.</exception>
    public LineSegments(string path)
    {
        OutputFolder.MakeFor(path);
        (_next, _time) = (_ => PartFile.Beside(path), TimeProvider.System);
    }

    /// <summary>Consecutive segments.</summary>
    /// <param name="folder">The folder for the segments; disposed with this object.</param>
    /// <param name="bounds">Limits of a segment.</param>
    /// <param name="time">The clock.</param>
    public LineSegments(RecordingFolder folder, ResultFilesOptions bounds, TimeProvider time) =>
        (_folder, _bounds, _time, _next) = (folder, bounds, time, frame => folder.Next(frame.CapturedTime));

    /// <summary>Appends a frame's line.</summary>
    /// <exception cref="IOException">The line cannot be written.</exception>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        if (_open is { } full
            && _bounds is { } bounds
            && (_time.GetElapsedTime(_openedAt).TotalMinutes >= bounds.SegmentMinutes
                || full.Bytes >= bounds.SegmentMegabytes * 1_000_000L))
        {
            await CompleteAsync();
        }

        if (_open is null)
        {
            _open = new LineFile(_next(frame));
            _openedAt = _time.GetTimestamp();
            MakeRoom();
        }
        else if (_folder is not null && _time.GetElapsedTime(_lookedAt) >= s_look)
        {
            MakeRoom();
        }

        await _open.WriteAsync(line, cancellation);
    }

    /// <summary>Completes the current file.</summary>
    /// <exception cref="IOException">The file could not be renamed: the folder is gone or full.</exception>
    public async ValueTask CompleteAsync()
    {
        if (_open is { } open)
        {
            _open = null;
            await open.CompleteAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_open is { } open)
        {
            _open = null;
            await open.DisposeAsync();
        }

        _folder?.Dispose();
    }

    private void MakeRoom()
    {
        _lookedAt = _time.GetTimestamp();
        _folder?.MakeRoom(_open!.Path);
    }
}
