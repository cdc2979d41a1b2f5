using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Painting;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Stage 4b, with Output:Align=latest: shows each picture right after its capture, with the newest available mask, which may lag
/// behind. Ends at once if pictures wait for their masks.</summary>
internal sealed class PreviewStage(
    IEnumerable<IFrameSink> sinks,
    SinkChanges changes,
    Settings settings,
    TimeProvider time,
    PipelineQueues queues,
    PipelineRun run,
    ILogger<PreviewStage> logger)
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

        // The mask stays owned by this stage, since the next picture may need it. A mask of another size predates a change of the camera's
        // size.
        frame.Mask = _mask?.Region is { } seen && seen.FrameWidth == frame.Width && seen.FrameHeight == frame.Height ? _mask : null;
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
