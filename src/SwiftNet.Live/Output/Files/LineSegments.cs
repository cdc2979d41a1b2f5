using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Files;

/// <summary>Where the lines of a run go: one file, or, of a live run, one after the other, each named by the time of its first frame.</summary>
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

    /// <summary>One file, in place of an older one when it is complete.</summary>
    /// <exception cref="UserErrorException">Its folder is not writable.</exception>
    public LineSegments(string path)
    {
        OutputFolder.MakeFor(path);
        (_next, _time) = (_ => PartFile.Beside(path), TimeProvider.System);
    }

    /// <summary>A file after the other.</summary>
    /// <param name="folder">Where they lie; disposed with this.</param>
    /// <param name="bounds">When one ends.</param>
    /// <param name="time">The clock.</param>
    public LineSegments(RecordingFolder folder, ResultFilesOptions bounds, TimeProvider time) =>
        (_folder, _bounds, _time, _next) = (folder, bounds, time, frame => folder.Next(frame.CapturedTime));

    /// <summary>Adds a frame's line.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        if (_open is { } full && _bounds is { } bounds && (_time.GetElapsedTime(_openedAt).TotalMinutes >= bounds.SegmentMinutes || full.Bytes >= bounds.SegmentMegabytes * 1_000_000L))
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

    /// <summary>Completes the file that is open.</summary>
    /// <exception cref="IOException">It has no name: the folder is gone or full.</exception>
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
