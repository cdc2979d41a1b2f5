namespace SwiftNet.Live.Pipeline;

/// <summary>Tells whether one camera's frames get through, from one look to the next. One thread looks.</summary>
/// <param name="camera">The camera's name.</param>
/// <param name="run">Its run.</param>
/// <param name="frameInterval">The time between two frames of its source, as known now.</param>
/// <param name="isAway">Whether its source is known to be down and is tried again.</param>
/// <param name="time">The clock.</param>
internal sealed class FrameProgress(string camera, PipelineRun run, Func<TimeSpan> frameInterval, Func<bool> isAway, TimeProvider time)
{
    // As many intervals without a frame are a slow source; more are a capture that hangs.
    private const int PatientIntervals = 3;
    private long _captured;
    private long _ended;
    private long _capturedAt = time.GetTimestamp();

    /// <summary>The camera's name.</summary>
    public string Camera => camera;

    /// <summary>True when a frame has come through since the last look, or there is none to come through: the source has ended, is known to be away, or is slower than the looks.</summary>
    public bool Look()
    {
        var ledger = run.Ledger.Snapshot();
        if (ledger.Captured != _captured)
        {
            (_captured, _capturedAt) = (ledger.Captured, time.GetTimestamp());
        }

        // Drops do not count: before a stage that is stuck they go on.
        var ended = ledger.Written + ledger.Failed;
        if (ended != _ended)
        {
            _ended = ended;
            return true;
        }

        return run.Ended || (ledger.Balance == 0 && (isAway() || time.GetElapsedTime(_capturedAt) < PatientIntervals * frameInterval()));
    }
}
