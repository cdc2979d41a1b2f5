using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Painting;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Output;

/// <summary>Stage 4: applies privacy, renders the overlay once and passes the frame to every sink; with Output:Align=latest only to the
/// sinks that need the frame's own mask.</summary>
internal sealed class OutputStage(
    IEnumerable<IFrameSink> sinks,
    SinkChanges changes,
    CameraZones zones,
    Settings settings,
    TimeProvider time,
    PipelineQueues queues,
    PipelineRun run,
    ILogger<OutputStage> logger)
    : Stage("output", queues.Segmented, null, run)
{
    private readonly SinkSet _sinks = new(
        sinks.Where(sink => queues.Pictures is null || !sink.ShowsPictures),
        changes,
        (Pictures: queues.Pictures is null, Others: true),
        run,
        time,
        logger);
    private readonly IFramePainter _painter = IFramePainter.For(settings.Output);
    private readonly PrivacyFilter _privacy = new(settings.Output.Privacy);

    /// <inheritdoc/>
    protected override void Open() => _sinks.Open();

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        if (!Run.Lease.Holds)
        {
            Run.Ledger.Dropped(DropCause.Fenced);
            return;
        }

        var start = time.GetTimestamp();

        // Before everything else, in the frame's own pixels: no later code can show what is hidden.
        _privacy.Apply(frame);
        zones.Observe(frame);
        using var overlay = PooledArray<byte>.Rent(frame.Pixels.Array.Length);
        if (queues.Pictures is null || _sinks.TakesOverlay())
        {
            _painter.Paint(frame, overlay.Array);
        }

        if (_sinks.Write(frame, overlay.Array))
        {
            Run.Ledger.Written();
        }
        else
        {
            Run.Ledger.Failed();
        }

        Run.Parts.Output.Add(time.GetElapsedTime(start));
        Run.CaptureToOutput.Add(time.GetElapsedTime(frame.CapturedAt));
    }

    /// <inheritdoc/>
    protected override void Complete()
    {
        _sinks.Complete();
        Run.End();
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        _sinks.Close();
        _privacy.Dispose();
        (_painter as IDisposable)?.Dispose();
    }
}
