namespace SwiftNet.Live.Pipeline;

/// <summary>Counters of a camera's event clips. Thread-safe.</summary>
internal sealed class ClipCounters
{
    private long _written;
    private long _kept;
    private long _bytes;

    /// <summary>Clips written since the start.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Clips on the disk.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>Their total size in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts a written clip.</summary>
    public void Wrote() => Interlocked.Increment(ref _written);

    /// <summary>Records what is on the disk.</summary>
    public void Keeps(long clips, long bytes)
    {
        Interlocked.Exchange(ref _kept, clips);
        Interlocked.Exchange(ref _bytes, bytes);
    }
}
