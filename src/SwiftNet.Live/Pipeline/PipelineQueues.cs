namespace SwiftNet.Live.Pipeline;

/// <summary>The ways between the four stages.</summary>
internal sealed class PipelineQueues
{
    private PipelineQueues(bool dropStale, FrameQueue captured, FrameQueue prepared, FrameQueue segmented)
    {
        DropStale = dropStale;
        Captured = captured;
        Prepared = prepared;
        Segmented = segmented;
    }

    /// <summary>For cameras: a frame that is overtaken is dropped. For files none is.</summary>
    public bool DropStale { get; }

    /// <summary>From capture to preprocess.</summary>
    public FrameQueue Captured { get; }

    /// <summary>From preprocess to segment.</summary>
    public FrameQueue Prepared { get; }

    /// <summary>From segment to output.</summary>
    public FrameQueue Segmented { get; }

    /// <summary>For cameras or for files.</summary>
    public static PipelineQueues Between(bool live, int capacity, Ledger ledger) => live ? Live(ledger) : Waiting(capacity);

    /// <summary>For cameras: each holds the newest frame.</summary>
    public static PipelineQueues Live(Ledger ledger) => new(
        dropStale: true,
        FrameQueue.NewestWins(ledger, DropCause.OvertakenBeforePreprocess),
        FrameQueue.NewestWins(ledger, DropCause.OvertakenBeforeSegment),
        FrameQueue.NewestWins(ledger, DropCause.OvertakenBeforeOutput));

    /// <summary>For files: each waits when it is full.</summary>
    public static PipelineQueues Waiting(int capacity) => new(
        dropStale: false, FrameQueue.Waiting(capacity), FrameQueue.Waiting(capacity), FrameQueue.Waiting(capacity));

    /// <summary>Capture has stopped: every frame on its way is finished.</summary>
    public void Drain()
    {
        Captured.Drain();
        Prepared.Drain();
        Segmented.Drain();
    }
}
