using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Stage 1: reads frames from the source until the source ends or the service stops.</summary>
internal sealed partial class CaptureStage(IFrameSource source, PipelineQueues queues, PipelineRun run, ILogger<CaptureStage> logger)
    : Stage("capture", null, queues.Captured, run)
{
    /// <inheritdoc/>
    protected override void Work(CancellationToken stopping)
    {
        // The first frame carries the objects' initial masks; no later frame may overtake it while the network loads.
        WaitHandle.WaitAny([Run.Started.WaitHandle, stopping.WaitHandle]);
        if (!Run.Started.IsCancellationRequested)
        {
            return;
        }

        Log.Capturing(logger, source.Name);
        try
        {
            while (!stopping.IsCancellationRequested && source.Read(stopping) is { } frame)
            {
                if (!Run.Lease.Holds)
                {
                    // In a fleet another node may own the camera by now: discard the frame.
                    frame.Dispose();
                    continue;
                }

                Run.Ledger.Captured();
                Show(frame);
                HandOn(frame);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        // Only files fail here: cameras are reconnected.
        catch (IOException e)
        {
            throw new UserErrorException($"{e.Message.TrimEnd('.')}. Earlier frames were processed; check the source and start again.", e);
        }
        finally
        {
            queues.Drain();
        }
    }

    /// <inheritdoc/>
    protected override void Close() => queues.Pictures?.Complete();

    // A copy: the frame itself continues down the pipeline to get its mask.
    private void Show(Frame frame)
    {
        if (queues.Pictures is { } pictures)
        {
            Run.Shown.Captured();
            pictures.Put(frame.CopyPicture());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Capturing {Source}")]
        public static partial void Capturing(ILogger logger, string source);
    }
}
