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

    /// <summary>From capture straight to the preview of the newest picture; null where each picture waits for its mask.</summary>
    public FrameQueue? Pictures { get; private init; }

    /// <summary>From segment to the preview of the newest picture; null likewise.</summary>
    public NewestMask? Masks { get; private init; }

    /// <summary>For cameras: each holds the newest frame.</summary>
    /// <param name="ledger">Counts what is dropped.</param>
    /// <param name="shown">With pictures that do not wait for their masks: counts those dropped on their own way; else null.</param>
    public static PipelineQueues Live(Ledger ledger, Ledger? shown = null) => new(
        dropStale: true,
        FrameQueue.NewestWins(ledger, DropCause.OvertakenBeforePreprocess),
        FrameQueue.NewestWins(ledger, DropCause.OvertakenBeforeSegment),
        FrameQueue.NewestWins(ledger, DropCause.OvertakenBeforeOutput))
    {
        Pictures = shown is null ? null : FrameQueue.NewestWins(shown, DropCause.OvertakenBeforeShow),
        Masks = shown is null ? null : new NewestMask(),
    };

    /// <summary>For files: each waits when it is full.</summary>
    public static PipelineQueues Waiting(int capacity) => new(
        dropStale: false, FrameQueue.Waiting(capacity), FrameQueue.Waiting(capacity), FrameQueue.Waiting(capacity));

    /// <summary>Capture has stopped: every frame on its way is finished.</summary>
    public void Drain()
    {
        Captured.Drain();
        Prepared.Drain();
        Segmented.Drain();
        Pictures?.Drain();
    }
}
