using OpenCvSharp;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Preprocess;

/// <summary>(2) Brings the whole picture to network size and takes its colours apart, while the network processes whole frames.</summary>
internal sealed class PreprocessStage(Settings settings, TimeProvider time, PipelineQueues queues, PipelineRun run)
    : Stage("preprocess", queues.Captured, queues.Prepared, run)
{
    private readonly PlaneMaker _planes = new(settings.Segment.Size);

    /// <inheritdoc/>
    protected override void Open() => Cv2.SetNumThreads(settings.Preprocess.Threads);

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        if (!Run.NeedsWholeFrames)
        {
            return;
        }

        var start = time.GetTimestamp();
        _planes.Fill(frame, Run.Budget.Scale);
        frame.PreprocessTime = time.GetElapsedTime(start);
        Run.Parts.Preprocess.Add(frame.PreprocessTime);
    }

    /// <inheritdoc/>
    protected override void Close() => _planes.Dispose();
}
