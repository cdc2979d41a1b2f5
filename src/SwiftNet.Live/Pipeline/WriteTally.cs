namespace SwiftNet.Live.Pipeline;

/// <summary>When memory was written. One thread counts, any may read.</summary>
internal sealed class WriteTally
{
    private long _triggered;
    private long _deferred;
    private long _forced;
    private long _skipped;

    /// <summary>Frames found due for writing.</summary>
    public long Triggered => Interlocked.Read(ref _triggered);

    /// <summary>Of these, those whose write had to wait since a newer frame did.</summary>
    public long Deferred => Interlocked.Read(ref _deferred);

    /// <summary>Of these, those that were written before the newer frame at last.</summary>
    public long Forced => Interlocked.Read(ref _forced);

    /// <summary>Frames that were not due and, for want of time, did not become the previous frame either (with Memory:PreviousFrame).</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>A frame is due.</summary>
    public void Trigger() => Interlocked.Increment(ref _triggered);

    /// <summary>A due frame has to wait.</summary>
    public void Defer() => Interlocked.Increment(ref _deferred);

    /// <summary>A frame that had to wait is written although a newer one waits.</summary>
    public void Force() => Interlocked.Increment(ref _forced);

    /// <summary>A frame that is not due is left out.</summary>
    public void Skip() => Interlocked.Increment(ref _skipped);
}
