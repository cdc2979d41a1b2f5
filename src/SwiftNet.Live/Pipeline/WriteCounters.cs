namespace SwiftNet.Live.Pipeline;

/// <summary>Counters of memory writes. Written by one thread, readable by any.</summary>
internal sealed class WriteCounters
{
    private long _triggered;
    private long _deferred;
    private long _forced;
    private long _skipped;

    /// <summary>Writes triggered.</summary>
    public long Triggered => Interlocked.Read(ref _triggered);

    /// <summary>Writes deferred because a newer frame was waiting.</summary>
    public long Deferred => Interlocked.Read(ref _deferred);

    /// <summary>Deferred writes that were forced before a newer frame.</summary>
    public long Forced => Interlocked.Read(ref _forced);

    /// <summary>Frames without a write that were not stored as previous frame either, for lack of time (with
    /// Memory:PreviousFrame).</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Counts a triggered write.</summary>
    public void Trigger() => Interlocked.Increment(ref _triggered);

    /// <summary>Counts a deferred write.</summary>
    public void Defer() => Interlocked.Increment(ref _deferred);

    /// <summary>Counts a forced write.</summary>
    public void Force() => Interlocked.Increment(ref _forced);

    /// <summary>Counts a skipped previous frame.</summary>
    public void Skip() => Interlocked.Increment(ref _skipped);
}
