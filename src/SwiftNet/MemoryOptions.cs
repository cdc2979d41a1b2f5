namespace SwiftNet;

/// <summary>What decides that a frame is written to memory.</summary>
public enum TriggerKind
{
    /// <summary>The variation-aware trigger, paper 3.2.1.</summary>
    Variation,

    /// <summary>Every <see cref="MemoryOptions.Interval"/> frames, as the published evaluation does.</summary>
    Periodic,

    /// <summary>Never: the first frame alone (and the previous one, where that is on).</summary>
    Never,
}

/// <summary>Which pixels of a due frame are written.</summary>
public enum UpdateKind
{
    /// <summary>The <see cref="MemoryOptions.Beta"/> share least similar to what memory holds, paper 3.2.2.</summary>
    Pixel,

    /// <summary>All of them.</summary>
    Full,
}

/// <summary>The knobs of the pixel-adaptive memory.</summary>
public sealed record MemoryOptions
{
    /// <summary>What decides that a frame is written. Default: the paper's trigger.</summary>
    public TriggerKind Trigger { get; init; } = TriggerKind.Variation;

    /// <summary>Frames between two writes when <see cref="Trigger"/> is periodic; 1 to 10,000, default 5 (the published
    /// evaluation's).</summary>
    public int Interval { get; init; } = 5;

    /// <summary>th_f: a pixel varies when its summed RGB difference to the frame before, each channel in [0, 1], exceeds this; 0 to 3,
    /// default 0.3 (the paper gives none).</summary>
    public double FrameThreshold { get; init; } = 0.3;

    /// <summary>th_m: a pixel varies when an object's probability changes by more than this; 0 to 1, default 0.3 (the paper gives
    /// none).</summary>
    public double MaskThreshold { get; init; } = 0.3;

    /// <summary>P_th as a share of the frame's area: a frame is due once this share of its pixels has varied, summed over frames, half of
    /// it at the start of a video; over 0, up to 1,000, default 1.5 (the paper gives none).</summary>
    public double WriteAreaThreshold { get; init; } = 1.5;

    /// <summary>Whether the whole previous frame is matched besides the memory (the published code does; the paper's text does not).
    /// Default: true.</summary>
    public bool PreviousFrame { get; init; } = true;

    /// <summary>
    /// Penalty on the affinity (key·key / √32) of background pixels in the previous frame, relative to memory; 0 to 100, 0 = none as in the
    /// published code, default 4. The previous frame resembles the current one most, whether or not its mask was right: without the
    /// penalty, a part that was missed once, such as the front of a bus that emerges from behind a tree, would be missed again in spite of
    /// memory. Not applied while the object is not visible.
    /// </summary>
    public double PreviousBackgroundPenalty { get; init; } = 4;

    /// <summary>Which pixels of a due frame are written. Default: the least similar ones.</summary>
    public UpdateKind Update { get; init; } = UpdateKind.Pixel;

    /// <summary>β: the share of a frame's pixels that a pixel-wise update writes; over 0, up to 1, default 0.1 (the paper's).</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Memory's bound, in frames' worth of pixels, the first frame included, the previous frame not; 1 to 100. The paper's memory
    /// grows without end.</summary>
    public double CapacityFrames { get; init; } = 2;

    /// <summary>
    /// Radius around an object's last position in which it is searched, in sides of the object (the square root of its area), in addition
    /// to twice its speed; 0 to 100, 0 = everywhere as in the paper, default 0.75. A lost or nearly hidden object is searched everywhere.
    /// </summary>
    public double SearchRadius { get; init; } = 0.75;

    /// <summary>Whether <see cref="MemoryWrite.Pixels"/> is filled in, for pictures like the paper's Figure 2; costs a transfer a write.
    /// Default: false.</summary>
    public bool ReportPixels { get; init; }
}
