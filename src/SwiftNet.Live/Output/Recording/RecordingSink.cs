using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Encoders;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Recording;

/// <summary>Continuous recording: a new file by duration, by size, after a change of frame size or pixel aspect ratio, and after a gap. A
/// failed encoder is restarted with a new file.</summary>
internal sealed partial class RecordingSink : IFrameSink
{
    private static readonly TimeSpan s_gap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private readonly RecordingFolder _folder;
    private readonly RecordingOptions _options;
    private readonly Func<double> _frameRate;
    private readonly Func<LiveTimeline?> _timeline;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _ffmpeg;
    private readonly RetryTime _retry;
    private RecordingSegment? _segment;
    private bool _isLive;
    private long _lastAt;
    private long _lookedAt;
    private string _error = "";

    /// <summary>Prepares the recording; the first frame opens the first file.</summary>
    /// <param name="folder">The folder; disposed with the sink.</param>
    /// <param name="options">Picture kind and limits.</param>
    /// <param name="frameRate">The source's frame rate; queried at the start of each file.</param>
    /// <param name="timeline">Creates the timeline of a file of live frames; returns null if every frame is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives errors at the end of a file.</param>
    /// <param name="name">The sink's name.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed.</exception>
    public RecordingSink(
        RecordingFolder folder,
        RecordingOptions options,
        Func<double> frameRate,
        Func<LiveTimeline?> timeline,
        TimeProvider time,
        ILogger logger,
        string name = "recording")
    {
        Name = name;
        (_folder, _options, _frameRate, _timeline, _time, _logger) = (folder, options, frameRate, timeline, time, logger);
        _ffmpeg = ExecutablePath.Find("ffmpeg");
        _retry = RetryTime.Local(time);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Process id of the current ffmpeg child; null between files.</summary>
    internal int? ChildId => _segment?.ChildId;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        if (_segment is { } open && Ends(open, frame))
        {
            await EndAsync(open, cancellation);
        }

        if (_segment is null && !_retry.IsOver)
        {
            throw new IOException(_error);
        }

        try
        {
            _segment ??= Start(frame);
            MakeRoomNowAndThen();
            await _segment.WriteAsync(frame, _options.Picture == PictureKind.Raw ? frame.Pixels.Array : overlay, cancellation);
            _lastAt = frame.CapturedAt;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _error = e.Message;
            _retry.Failed();
            await DropSegmentAsync();
            throw e as IOException ?? new IOException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_segment is { } open)
        {
            await EndAsync(open, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DropSegmentAsync();
        _folder.Dispose();
    }

    private bool Ends(RecordingSegment segment, Frame frame) =>
        segment.Length >= TimeSpan.FromMinutes(_options.SegmentMinutes)
        || segment.Bytes >= _options.SegmentMegabytes * 1_000_000L
        || segment.Shape != frame.Shape
        || (_isLive && _time.GetElapsedTime(_lastAt, frame.CapturedAt) > s_gap);

    private RecordingSegment Start(Frame frame)
    {
        _folder.MakeRoom(current: null);
        _lookedAt = _time.GetTimestamp();
        var timeline = _timeline();
        _isLive = timeline is not null;
        return new RecordingSegment(_ffmpeg, _folder.Next(frame.CapturedTime), frame, _frameRate(), timeline, _time);
    }

    private void MakeRoomNowAndThen()
    {
        if (_time.GetElapsedTime(_lookedAt) >= s_look)
        {
            _lookedAt = _time.GetTimestamp();
            _folder.MakeRoom(_segment!.Path);
        }
    }

    private async ValueTask EndAsync(RecordingSegment segment, CancellationToken cancellation)
    {
        _segment = null;
        try
        {
            await segment.FinishAsync(cancellation);
        }
        catch (IOException e)
        {
            Log.CutShort(_logger, segment.Path, e.Message);
        }
        finally
        {
            await segment.DisposeAsync();
        }
    }

    private async ValueTask DropSegmentAsync()
    {
        if (_segment is { } open)
        {
            _segment = null;
            await open.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The end of the recording {File} was lost: {Message}. The part before is playable")]
        public static partial void CutShort(ILogger logger, string file, string message);
    }
}
