namespace SwiftNet.Live.Pipeline;

/// <summary>How one sink fares. Any thread may count and read.</summary>
internal sealed class SinkTally(string name)
{
    private long _taken;
    private long _failed;
    private long _dropped;
    private volatile bool _failing;
    private volatile string? _lastError;

    /// <summary>The sink.</summary>
    public string Name => name;

    /// <summary>Results it took.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Results it could not take.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Results that newer ones pushed out of its own queue, or that were still in there at the end.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether it fails at this moment: it took nothing since its last failure.</summary>
    public bool IsFailing => _failing;

    /// <summary>What it said last; null while all was well.</summary>
    public string? LastError => _lastError;

    /// <summary>It took one.</summary>
    public void Took()
    {
        Interlocked.Increment(ref _taken);
        _failing = false;
    }

    /// <summary>It could not take one.</summary>
    public void Refused(string error)
    {
        Interlocked.Increment(ref _failed);
        Fails(error);
    }

    /// <summary>It does not work, and will be tried again; nothing is lost yet.</summary>
    public void Fails(string error)
    {
        _lastError = error;
        _failing = true;
    }

    /// <summary>It works (again).</summary>
    public void Works() => _failing = false;

    /// <summary>One was pushed out of its queue.</summary>
    public void Overtaken() => Interlocked.Increment(ref _dropped);
}
