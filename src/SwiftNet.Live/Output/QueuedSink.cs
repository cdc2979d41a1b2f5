using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Adds a bounded queue and a worker to a sink of pictures, so that it never blocks the pipeline: pictures are copied, and the
/// oldest is dropped when the queue is full. The sink gets no masks.</summary>
internal sealed class QueuedSink : IFrameSink
{
    private readonly IFrameSink _sink;
    private readonly PictureKind _kind;
    private readonly TimeSpan? _grace;
    private readonly TimeProvider _time;
    private readonly SinkReport _report;
    private readonly CameraLease _lease;
    private readonly Channel<Frame> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;

    /// <summary>Wraps a sink and takes ownership of it.</summary>
    /// <param name="sink">The sink; called by the worker only.</param>
    /// <param name="kind">The picture that the sink gets, both as frame pixels and as overlay.</param>
    /// <param name="capacity">Maximum number of queued pictures.</param>
    /// <param name="grace">Time limit for queued pictures at the end; null = none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives failures.</param>
    /// <param name="lease">The lease for publishing; null = always valid.</param>
    public QueuedSink(
        IFrameSink sink, PictureKind kind, int capacity, TimeSpan? grace, TimeProvider time, ILogger logger, CameraLease? lease = null)
    {
        (_sink, _kind, _grace, _time, _lease) = (sink, kind, grace, time, lease ?? CameraLease.Alone);
        _report = new SinkReport(new SinkCounters(sink.Name), time, logger);
        _queue = Channel.CreateBounded<Frame>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
            Drop);
        _worker = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public string Name => _sink.Name;

    /// <inheritdoc/>
    public bool ShowsPictures => true;

    /// <inheritdoc/>
    public SinkCounters OwnCounters => _report.Counters;

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        var pixels = PooledArray<byte>.Rent(frame.Pixels.Array.Length);
        (_kind == PictureKind.Raw ? frame.Pixels.Array : overlay.Span).CopyTo(pixels.Array);
        var copy = frame.WithPicture(pixels);
        if (!_queue.Writer.TryWrite(copy))
        {
            Drop(copy);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _queue.Writer.TryComplete();
        try
        {
            await (_grace is { } grace ? _worker.WaitAsync(grace, _time, cancellation) : _worker.WaitAsync(cancellation));
            await _sink.CompleteAsync(cancellation);
        }
        catch (TimeoutException)
        {
            _report.Fails($"queued pictures were not written within {_grace!.Value.TotalSeconds:0} s of the end");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();

        // A worker that hangs in its sink is released when the sink is disposed.
        await Task.WhenAny(_worker, Task.Delay(TimeSpan.FromSeconds(1)));
        await _sink.DisposeAsync();
        await _worker;
        while (_queue.Reader.TryRead(out var left))
        {
            Drop(left);
        }

        _stop.Dispose();
    }

    private void Drop(Frame frame)
    {
        OwnCounters.Overtaken();
        frame.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var frame in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                using (frame)
                {
                    await TakeAsync(frame);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async ValueTask TakeAsync(Frame frame)
    {
        if (!_lease.Holds)
        {
            _report.Refused(CameraLease.RanOut);
            return;
        }

        try
        {
            await _sink.WriteAsync(frame, frame.Pixels.Array, _stop.Token);
            _report.Took();
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Any exception belongs to this sink, and the next frame is another chance.
            _report.Refused(e.Message);
        }
    }
}
