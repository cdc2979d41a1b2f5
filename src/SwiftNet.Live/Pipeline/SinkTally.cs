namespace SwiftNet.Live.Pipeline;

/// <summary>How one sink fares. One thread counts, any may read.</summary>
internal sealed class SinkTally(string name)
{
    private long _taken;
    private long _failed;
    private volatile string? _lastError;

    /// <summary>The sink.</summary>
    public string Name => name;

    /// <summary>Results it took.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Results it could not take.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>What it said last; null while all was well.</summary>
    public string? LastError => _lastError;

    /// <summary>It took one.</summary>
    public void Took() => Interlocked.Increment(ref _taken);

    /// <summary>It could not take one.</summary>
    public void Refused(string error)
    {
        _lastError = error;
        Interlocked.Increment(ref _failed);
    }
}
