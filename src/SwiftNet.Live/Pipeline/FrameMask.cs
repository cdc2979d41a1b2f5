using SwiftNet.Imaging.Extents;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Pipeline;

/// <summary>The objects of one frame, at the camera's own resolution, in the part of the frame that was looked at.</summary>
internal sealed class FrameMask : IDisposable
{
    /// <summary>An id a pixel of <see cref="Region"/>, row by row; may be longer.</summary>
    public required PooledArray<byte> Ids { get; init; }

    /// <summary>The part of the frame that <see cref="Ids"/> covers; outside of it there is no object.</summary>
    public required MaskRegion Region { get; init; }

    /// <summary>The mask with its place.</summary>
    public MaskPart Part => new(Ids.Array, Region);

    /// <summary>Confidence of each followed object, in order of id (also of one that has no pixel here).</summary>
    public required IReadOnlyList<ObjectConfidence> Objects { get; init; }

    /// <summary>From capture to mask.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Whether and why this frame is written to memory.</summary>
    public required WriteReason Write { get; init; }

    /// <summary>With Output:ShowWrites, what each window has written to memory; else empty.</summary>
    public IReadOnlyList<WindowWrite> Written { get; init; } = [];

    /// <summary>The windows that the network saw of the frame; empty where it saw all of it as a whole.</summary>
    public IReadOnlyList<FrameWindow> Windows { get; init; } = [];

    /// <summary>Whether there is an object that was not looked for on this frame, since it is paused or still catching up: it may be
    /// anywhere.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>What its objects are called and drawn in.</summary>
    public ObjectStyles Looks { get; init; } = ObjectStyles.None;

    /// <summary>When the frame was captured that this is the mask of, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public required long CapturedAt { get; init; }

    /// <summary>Rents room for the ids of a part of a frame. Parts have many sizes, so lengths are rounded up to few.</summary>
    public static PooledArray<byte> Rent(int area)
    {
        var step = Math.Max(1 << 12, (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, area)) >> 3));
        return PooledArray<byte>.Rent((area + step - 1) / step * step);
    }

    /// <summary>A copy with ids of its own, without the cells; the caller's.</summary>
    public FrameMask Copy()
    {
        var ids = PooledArray<byte>.Rent(Ids.Array.Length);
        Ids.Array.CopyTo(ids.Array, 0);
        return new FrameMask
        {
            Ids = ids,
            Region = Region,
            Windows = Windows,
            Objects = Objects,
            Age = Age,
            Write = Write,
            Looks = Looks,
            LeavesOut = LeavesOut,
            CapturedAt = CapturedAt,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Ids.Dispose();
}
