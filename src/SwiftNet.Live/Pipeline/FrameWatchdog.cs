namespace SwiftNet.Live.Pipeline;

/// <summary>Checks that a camera's frames progress through the pipeline. Not thread-safe.</summary>
/// <param name="camera">The camera's name.</param>
/// <param name="run">The camera's run.</param>
/// <param name="frameInterval">The source's current frame interval.</param>
/// <param name="isAway">Whether the source is known to be down and is being reconnected.</param>
/// <param name="time">The clock.</param>
internal sealed class FrameWatchdog(string camera, PipelineRun run, Func<TimeSpan> frameInterval, Func<bool> isAway, TimeProvider time)
{
    // More frame intervals than this without a frame mean that the capture hangs.
    private const int PatientIntervals = 3;
    private long _captured;
    private long _ended;
    private long _capturedAt = time.GetTimestamp();

    /// <summary>The camera's name.</summary>
    public string Camera => camera;

    /// <summary>Whether a frame was processed since the last check, or none is expected: the source has ended, is known to be down, or is
    /// slower than the checks.</summary>
    public bool Check()
    {
        var ledger = run.Ledger.Snapshot();
        if (ledger.Captured != _captured)
        {
            (_captured, _capturedAt) = (ledger.Captured, time.GetTimestamp());
        }

        // Dropped frames do not count: drops continue in front of a stuck stage.
        var ended = ledger.Written + ledger.Failed;
        if (ended != _ended)
        {
            _ended = ended;
            return true;
        }

        return run.Ended || (ledger.Balance == 0 && (isAway() || time.GetElapsedTime(_capturedAt) < PatientIntervals * frameInterval()));
    }
}
