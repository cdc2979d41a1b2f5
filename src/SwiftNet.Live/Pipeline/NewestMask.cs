namespace SwiftNet.Live.Pipeline;

/// <summary>Where segment leaves a copy of its newest mask for the pictures that are shown before their own is there. One slot, never
/// waited for: what is put belongs to the slot, what is taken to the taker.</summary>
internal sealed class NewestMask : IDisposable
{
    private FrameMask? _slot;

    /// <summary>Leaves a mask; an earlier one that was not taken is disposed.</summary>
    public void Put(FrameMask mask) => Interlocked.Exchange(ref _slot, mask)?.Dispose();

    /// <summary>Takes the mask left last; null where none has come since the last time.</summary>
    public FrameMask? Take() => Interlocked.Exchange(ref _slot, null);

    /// <inheritdoc/>
    public void Dispose() => Take()?.Dispose();
}
