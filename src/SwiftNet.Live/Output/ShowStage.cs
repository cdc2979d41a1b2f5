using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Painting;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>(4') With Output:Align=latest, beside output: shows each picture as soon as it is captured, with the newest mask there is. What is seen is never late; its mask may be. Without such pictures it ends at once.</summary>
internal sealed class ShowStage(IEnumerable<IFrameSink> sinks, SinkChanges changes, Settings settings, TimeProvider time, PipelineQueues queues, PipelineRun run, ILogger<ShowStage> logger)
    : Stage("show", queues.Pictures, null, run)
{
    private readonly SinkSet _sinks = new(
        queues.Pictures is null ? [] : sinks.Where(sink => sink.ShowsPictures),
        changes,
        (Pictures: queues.Pictures is not null, Others: false),
        run,
        time,
        logger);
    private readonly IFramePainter _painter = IFramePainter.For(settings.Output);
    private FrameMask? _mask;

    /// <inheritdoc/>
    protected override Ledger Ledger => Run.Shown;

    /// <inheritdoc/>
    protected override void Open() => _sinks.Open();

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        if (!Run.Lease.Holds)
        {
            Ledger.Dropped(DropCause.Fenced);
            return;
        }

        Renew();
        using var overlay = PooledArray<byte>.Rent(frame.Pixels.Array.Length);

        // The mask stays this stage's: the next picture may need it too. One of another size is of before the camera's size changed.
        frame.Mask = _mask?.Ids.Array.Length == frame.Width * frame.Height ? _mask : null;
        try
        {
            _painter.Paint(frame, overlay.Array);
            if (_sinks.Write(frame, overlay.Array))
            {
                Ledger.Written();
            }
            else
            {
                Ledger.Failed();
            }
        }
        finally
        {
            frame.Mask = null;
        }

        Run.CaptureToShow.Add(time.GetElapsedTime(frame.CapturedAt));
    }

    /// <inheritdoc/>
    protected override void Complete() => _sinks.Complete();

    /// <inheritdoc/>
    protected override void Close()
    {
        _sinks.Close();
        _mask?.Dispose();
        queues.Masks?.Dispose();
        (_painter as IDisposable)?.Dispose();
    }

    private void Renew()
    {
        if (queues.Masks!.Take() is { } newer)
        {
            _mask?.Dispose();
            _mask = newer;
        }
    }
}
