using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>(1) Takes frames from the source as they come, until it ends or the service stops.</summary>
internal sealed class CaptureStage(IFrameSource source, PipelineQueues queues, PipelineRun run)
    : Stage("capture", null, queues.Captured, run)
{
    /// <inheritdoc/>
    protected override void Work(CancellationToken stopping)
    {
        // The first frame carries the objects' first mask, so nothing may overtake it while the network loads.
        WaitHandle.WaitAny([Run.Started.WaitHandle, stopping.WaitHandle]);
        try
        {
            while (!stopping.IsCancellationRequested && source.Read(stopping) is { } frame)
            {
                Run.Ledger.Captured();
                HandOn(frame);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }

        queues.Drain();
    }
}
