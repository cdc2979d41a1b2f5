using SwiftNet.Tracking;

namespace SwiftNet.Live.Pipeline;

/// <summary>A picture on its way from capture to output. It has one owner at a time: the stage that takes it from a queue owns it, and the
/// stage that drops it disposes it.</summary>
internal sealed class Frame : IDisposable
{
    /// <summary>Capture order, from 0; a number that never arrives at the output was dropped, and the ledger says why.</summary>
    public required long Number { get; init; }

    /// <summary>Stem of the files made from this frame: the source image's, or the number in five digits.</summary>
    public required string Name { get; init; }

    /// <summary>When the picture was captured, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public required long CapturedAt { get; set; }

    /// <summary>When the picture was captured, by the calendar.</summary>
    public required DateTimeOffset CapturedTime { get; set; }

    /// <summary>When the picture is shown: of a file its own time from the file's start, of a camera the time since its first picture.
    /// Increases from frame to frame.</summary>
    public TimeSpan MediaTime { get; init; }

    /// <summary>Columns, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Rows, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The shape of a pixel as shown; square unless the source says otherwise.</summary>
    public PixelAspect PixelAspect { get; init; } = PixelAspect.Square;

    /// <summary>Size and pixel aspect.</summary>
    public FrameShape Shape => new(Width, Height, PixelAspect);

    /// <summary>The picture as captured: BGR, 8 bit, interleaved, rows without padding.</summary>
    public required PooledArray<byte> Pixels { get; init; }

    /// <summary>The picture as the segmenter takes it; a view of <see cref="Pixels"/>.</summary>
    public FrameImage Image => new(Pixels.Array, Width, Height);

    /// <summary>The whole picture at network size, R, G, B planes in [0, 1]; set by preprocess while the network processes whole frames,
    /// taken back by segment.</summary>
    public PooledArray<float>? Planes { get; set; }

    /// <summary>Columns of <see cref="Planes"/>.</summary>
    public int NetworkWidth { get; set; }

    /// <summary>Rows of <see cref="Planes"/>.</summary>
    public int NetworkHeight { get; set; }

    /// <summary>What preprocess took.</summary>
    public TimeSpan PreprocessTime { get; set; }

    /// <summary>What segment found; null before, and while no object is followed.</summary>
    public FrameMask? Mask { get; set; }

    /// <summary>What happened at zones and lines on this frame; set by output, valid until the next frame.</summary>
    public IReadOnlyList<ZoneEvent> ZoneEvents { get; set; } = [];

    /// <summary>The same picture with pixels of its own, without planes and mask; the caller's.</summary>
    public Frame CopyPicture()
    {
        var pixels = PooledArray<byte>.Rent(Pixels.Array.Length);
        Pixels.Array.CopyTo(pixels.Array, 0);
        return WithPicture(pixels);
    }

    /// <summary>The same frame with another picture of its size, without planes and mask; the caller's, which owns
    /// <paramref name="pixels"/>.</summary>
    public Frame WithPicture(PooledArray<byte> pixels) => new()
    {
        Number = Number,
        Name = Name,
        CapturedAt = CapturedAt,
        CapturedTime = CapturedTime,
        MediaTime = MediaTime,
        Width = Width,
        Height = Height,
        PixelAspect = PixelAspect,
        Pixels = pixels,
    };

    /// <summary>Stamps it as captured at this moment.</summary>
    public Frame CapturedNow(TimeProvider time)
    {
        (CapturedAt, CapturedTime) = (time.GetTimestamp(), time.GetLocalNow());
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Planes?.Dispose();
        Planes = null;
        Mask?.Dispose();
        Mask = null;
    }
}
