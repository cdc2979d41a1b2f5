namespace SwiftNet.Live.Pipeline;

/// <summary>Where every captured frame ended. Each term is counted where it happens, none by subtraction, so that they can be held against
/// each other.</summary>
/// <param name="causes">Why a frame may be dropped on this way.</param>
internal sealed class Ledger(params DropCause[] causes)
{
    private readonly long[] _dropped = new long[Enum.GetValues<DropCause>().Length];
    private long _captured;
    private long _written;
    private long _failed;

    /// <summary>A frame left its source.</summary>
    public void Captured() => Interlocked.Increment(ref _captured);

    /// <summary>A frame was taken by every sink.</summary>
    public void Written() => Interlocked.Increment(ref _written);

    /// <summary>A frame was thrown away because a newer one came.</summary>
    public void Dropped(DropCause cause) => Interlocked.Increment(ref _dropped[(int)cause]);

    /// <summary>A frame was lost: a stage broke on it or before it, or a sink could not take it.</summary>
    public void Failed() => Interlocked.Increment(ref _failed);

    /// <summary>The counts of this moment.</summary>
    public LedgerSnapshot Snapshot()
    {
        var dropped = new long[_dropped.Length];
        for (var i = 0; i < dropped.Length; i++)
        {
            dropped[i] = Interlocked.Read(ref _dropped[i]);
        }

        return new LedgerSnapshot(
            Interlocked.Read(ref _captured), Interlocked.Read(ref _written), Interlocked.Read(ref _failed), causes, dropped);
    }
}
