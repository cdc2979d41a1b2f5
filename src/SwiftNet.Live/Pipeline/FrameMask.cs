namespace SwiftNet.Live.Pipeline;

/// <summary>The objects of one frame, at the frame's own size.</summary>
internal sealed class FrameMask : IDisposable
{
    /// <summary>An id a pixel, row by row, the frame's width times its height.</summary>
    public required PooledArray<byte> Ids { get; init; }

    /// <summary>Confidence of each followed object, in order of id (also of one that has no pixel here).</summary>
    public required IReadOnlyList<ObjectConfidence> Objects { get; init; }

    /// <summary>From capture to mask.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Whether and why this frame is written to memory.</summary>
    public required WriteReason Write { get; init; }

    /// <summary>With Output:ShowWrites, the cells of 16x16 network pixels that were written (1 = written); else null.</summary>
    public IdMask? WrittenCells { get; init; }

    /// <summary>Whether there is an object that was not looked for on this frame, since it is paused or still catching up: it may be anywhere.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>What its objects are called and drawn in.</summary>
    public ObjectLooks Looks { get; init; } = ObjectLooks.None;

    /// <summary>When the frame was captured that this is the mask of, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public required long CapturedAt { get; init; }

    /// <summary>A copy with ids of its own, without the cells; the caller's.</summary>
    public FrameMask Copy()
    {
        var ids = PooledArray<byte>.Rent(Ids.Array.Length);
        Ids.Array.CopyTo(ids.Array, 0);
        return new FrameMask { Ids = ids, Objects = Objects, Age = Age, Write = Write, Looks = Looks, LeavesOut = LeavesOut, CapturedAt = CapturedAt };
    }

    /// <inheritdoc/>
    public void Dispose() => Ids.Dispose();
}
