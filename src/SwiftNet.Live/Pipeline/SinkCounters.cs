namespace SwiftNet.Live.Pipeline;

/// <summary>Counters of a sink. Thread-safe.</summary>
internal sealed class SinkCounters(string name)
{
    private long _taken;
    private long _failed;
    private long _dropped;
    private volatile bool _failing;
    private volatile string? _lastError;

    /// <summary>The sink's name.</summary>
    public string Name => name;

    /// <summary>Results taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Results failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Results dropped from the sink's queue, because it was full or at the end.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether the sink fails now: it has taken no result since its last failure.</summary>
    public bool IsFailing => _failing;

    /// <summary>The last error; null = none.</summary>
    public string? LastError => _lastError;

    /// <summary>Counts a taken result.</summary>
    public void Took()
    {
        Interlocked.Increment(ref _taken);
        _failing = false;
    }

    /// <summary>Counts a failed result.</summary>
    public void Refused(string error)
    {
        Interlocked.Increment(ref _failed);
        Fails(error);
    }

    /// <summary>Records a failure without a lost result; the sink will be retried.</summary>
    public void Fails(string error)
    {
        _lastError = error;
        _failing = true;
    }

    /// <summary>Records that the sink works (again).</summary>
    public void Works() => _failing = false;

    /// <summary>Counts a result dropped from the queue.</summary>
    public void Overtaken() => Interlocked.Increment(ref _dropped);
}
