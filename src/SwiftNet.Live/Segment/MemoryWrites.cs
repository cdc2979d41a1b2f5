using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>
/// When a camera's memory is written: after the mask has left, in the slack before the next frame. Where there is none, since the next
/// frame waits already, the write waits, but not for ever.
/// </summary>
/// <remarks>
/// With Memory:PreviousFrame every frame is encoded once more to be the next one's previous frame. That waits like a write: the previous
/// frame is then an older one for a moment, and a frame that was not due is never taken as the previous one. Measured on DAVIS, every
/// second frame left out costs nothing.
/// </remarks>
internal sealed class MemoryWrites(
    WindowedSegmenter segmenter, SharedNetwork network, LiveBudget budget, bool previousFrame, FrameQueue input, PipelineRun run)
{
    private long? _waiting;

    /// <summary>Writes what a frame leaves to be written, or lets it wait.</summary>
    /// <param name="number">The frame of the segmenter's last step.</param>
    /// <param name="due">Whether and why it is to be written.</param>
    public void After(long number, WriteReason due)
    {
        var isDue = due != WriteReason.None;
        if (!isDue && _waiting is null && !previousFrame)
        {
            return;
        }

        if (budget.WriteWaits(input.Count > 0, _waiting is not null && isDue))
        {
            Leave(number, isDue);
            return;
        }

        if (_waiting is { } waiting)
        {
            if (input.Count > 0)
            {
                run.Writes.Force();
            }

            Write(waiting);
            if (input.Count > 0)
            {
                Leave(number, isDue);
                return;
            }
        }

        Write(number);
    }

    /// <summary>Writes what waits, since the next frame will be of another size.</summary>
    public void Finish()
    {
        if (_waiting is { } waiting)
        {
            Write(waiting);
        }
    }

    /// <summary>Nothing is followed any more, so nothing waits.</summary>
    public void Forget() => _waiting = null;

    /// <summary>Writes now.</summary>
    /// <param name="number">The frame that is written.</param>
    /// <returns>What each window has written; valid until the next write.</returns>
    public IReadOnlyList<WindowWrite> Write(long number)
    {
        _waiting = null;
        IReadOnlyList<WindowWrite> written;
        using (network.Take())
        {
            written = segmenter.Write();
        }

        if (written.Count > 0)
        {
            run.Network = run.Network! with
            {
                MemoryPixels = segmenter.MemoryPixels,
                Writes = run.Network.Writes + 1,
                LastWrite = number,
                LastReason = written[0].Write.Reason,
            };
        }

        return written;
    }

    private void Leave(long number, bool due)
    {
        if (due)
        {
            _waiting = number;
            run.Writes.Defer();
        }
        else
        {
            run.Writes.Skip();
        }
    }
}
