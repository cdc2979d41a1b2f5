using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Clips;

/// <summary>Event clips: keeps the last pictures as JPEG, and writes a video and pictures around each event of the chosen kinds. A full
/// queue drops pictures, never events. Each result is a clip.</summary>
internal sealed class ClipSink : IFrameSink
{
    private const int QueuedPictures = 8;
    private readonly CameraClips _clips;
    private readonly Func<RecordingFolder> _open;
    private readonly ClipsOptions _options;
    private readonly Func<double> _frameRate;
    private readonly bool _mayDrop;
    private readonly TimeProvider _time;
    private readonly CameraLease _lease;
    private readonly SinkReport _report;
    private readonly Lock _reporting = new();
    private readonly ClipTrigger _trigger;
    private readonly List<ClipEvent> _happened = [];
    private readonly Channel<ClipFrame> _queue = Channel.CreateBounded<ClipFrame>(
        new BoundedChannelOptions(QueuedPictures) { SingleReader = true, SingleWriter = true });
    private readonly PreRoll _before;
    private readonly RetryTime _retry;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private readonly List<Task> _endings = [];
    private FrameShape? _shape;
    private ClipWriter? _clip;
    private bool _isOpen;

    /// <summary>Opens the folder of clips; if it is not writable now, it is opened at a later event.</summary>
    /// <param name="clips">The camera's clips.</param>
    /// <param name="open">Opens their folder.</param>
    /// <param name="options">Kinds and lengths.</param>
    /// <param name="events">Thresholds of object events.</param>
    /// <param name="frameRate">The source's frame rate; queried at the start of each clip.</param>
    /// <param name="mayDrop">Whether pictures may be dropped, as of a live source; otherwise the pipeline waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives failures.</param>
    /// <param name="lease">The lease for publishing; null = always valid.</param>
    /// <exception cref="UserErrorException">ffmpeg is not installed, or another process or camera writes to the folder.</exception>
    public ClipSink(
        CameraClips clips,
        Func<RecordingFolder> open,
        ClipsOptions options,
        EventsOptions events,
        Func<double> frameRate,
        bool mayDrop,
        TimeProvider time,
        ILogger logger,
        CameraLease? lease = null)
    {
        (_clips, _open, _options, _frameRate, _mayDrop, _time) = (clips, open, options, frameRate, mayDrop, time);
        _lease = lease ?? CameraLease.Alone;
        ExecutablePath.Find("ffmpeg");
        _report = new SinkReport(new SinkCounters("clips"), time, logger);
        _retry = RetryTime.Local(time);
        _trigger = new ClipTrigger(options.KindList, events, time);
        _before = new PreRoll(TimeSpan.FromSeconds(options.PreSeconds), (long)options.MemoryMegabytes << 20);
        try
        {
            Open();
        }
        catch (UserErrorException e) when (mayDrop && !FolderLock.IsInUse(e))
        {
            Failed(e);
        }

        _worker = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public string Name => OwnCounters.Name;

    /// <inheritdoc/>
    public bool TakesOverlay => true;

    /// <inheritdoc/>
    public SinkCounters OwnCounters => _report.Counters;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        _trigger.Observe(frame, _happened);
        if (_mayDrop && _queue.Reader.Count >= QueuedPictures)
        {
            // Its events come with the next picture.
            OwnCounters.Overtaken();
            return;
        }

        var copy = Copy(frame, overlay);
        try
        {
            await _queue.Writer.WriteAsync(copy, cancellation);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _queue.Writer.TryComplete();
        await _worker.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _worker;
        while (_queue.Reader.TryRead(out var left))
        {
            left.Dispose();
        }

        _stop.Dispose();
    }

    private ClipFrame Copy(Frame frame, ReadOnlyMemory<byte> overlay)
    {
        var picture = PooledArray<byte>.Rent(overlay.Length);
        overlay.CopyTo(picture.Array);
        if (_happened.Count == 0)
        {
            return new ClipFrame(frame.WithPicture(picture), null, []);
        }

        var raw = PooledArray<byte>.Rent(frame.Pixels.Array.Length);
        frame.Pixels.Array.CopyTo(raw.Array, 0);
        ClipEvent[] events = [.. _happened];
        _happened.Clear();
        return new ClipFrame(frame.WithPicture(picture), raw, events);
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var frame in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                using (frame)
                {
                    Take(frame);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has failed.
        }

        End();
        await Task.WhenAll(_endings);
    }

    private void Take(ClipFrame frame)
    {
        try
        {
            if (_shape is { } shape && shape != frame.Overlay.Shape)
            {
                End();
                _before.Clear();
            }

            _shape = frame.Overlay.Shape;
            if (_clip is { } clip && frame.Overlay.MediaTime > clip.Until)
            {
                End();
            }

            var picture = frame.Encode();
            _before.Add(picture);
            if (_clip is not null)
            {
                Continue(_clip, frame, picture);
            }
            else if (frame.Events.Count > 0)
            {
                Start(frame);
            }
        }
        catch (Exception e)
        {
            // Any exception belongs to this picture, and the next one is another chance.
            Refused(e.Message);
        }
    }

    private void Start(ClipFrame frame)
    {
        if (!_lease.Holds)
        {
            Refused(CameraLease.RanOut);
            return;
        }

        if (!_isOpen && _retry.IsOver)
        {
            try
            {
                Open();
            }
            catch (UserErrorException e)
            {
                Failed(e);
            }
        }

        if (_isOpen)
        {
            _clip = new ClipWriter(_clips, _options, _before.Pictures, frame, _frameRate(), _time, _stop.Token);
        }
        else
        {
            Refused(OwnCounters.LastError ?? "the folder of clips is not open");
        }
    }

    private void Continue(ClipWriter clip, ClipFrame frame, ClipPicture picture)
    {
        if (frame.Events.Count > 0)
        {
            clip.Extend(frame);
        }

        if (!clip.Add(picture))
        {
            OwnCounters.Overtaken();
        }
    }

    private void End()
    {
        if (_clip is { } clip)
        {
            _clip = null;
            _endings.RemoveAll(ending => ending.IsCompleted);
            _endings.Add(EndAsync(clip));
        }
    }

    private async Task EndAsync(ClipWriter clip)
    {
        try
        {
            await clip.EndAsync();
            lock (_reporting)
            {
                _report.Took();
            }
        }
        catch (OperationCanceledException)
        {
            // The run has failed; the next start completes or removes the clip.
        }
        catch (Exception e)
        {
            Refused(e.Message);
        }
    }

    private void Open()
    {
        _clips.Open(_open);
        _isOpen = true;
    }

    private void Failed(UserErrorException error)
    {
        _retry.Failed();
        lock (_reporting)
        {
            _report.Fails(error.Message);
        }
    }

    private void Refused(string error)
    {
        lock (_reporting)
        {
            _report.Refused(error);
        }
    }
}
