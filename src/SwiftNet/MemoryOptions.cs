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

    /// <summary>Frames between two writes when <see cref="Trigger"/> is periodic; 1 to 10,000, default 5 (the published evaluation's).</summary>
    public int Interval { get; init; } = 5;

    /// <summary>th_f: a pixel varies when its summed RGB difference to the frame before, each channel in [0, 1], exceeds this; 0 to 3, default 0.3 (the paper gives none).</summary>
    public double FrameThreshold { get; init; } = 0.3;

    /// <summary>th_m: a pixel varies when an object's probability changes by more than this; 0 to 1, default 0.3 (the paper gives none).</summary>
    public double MaskThreshold { get; init; } = 0.3;

    /// <summary>P_th as a share of the frame's area: a frame is due once this share of its pixels has varied, summed over frames, half of it at the start of a video; over 0, up to 1,000, default 1.5 (the paper gives none).</summary>
    public double AreaShare { get; init; } = 1.5;

    /// <summary>Whether the whole previous frame is matched besides the memory (the published code does; the paper's text does not). Default: true.</summary>
    public bool PreviousFrame { get; init; } = true;

    /// <summary>
    /// By how much more alike (in affinity, key·key / √32) a pixel of the previous frame's background has to be than one of memory to weigh as much; 0 to 100, 0 for none, as the published
    /// code has it. The previous frame looks most like the current one whatever it was taken for, so that what was missed on it once, such as the front of a bus that comes out from behind a
    /// tree, would be missed again against what memory knows. It has none while the object is not seen. Default 4.
    /// </summary>
    public double PreviousHandicap { get; init; } = 4;

    /// <summary>Which pixels of a due frame are written. Default: the least similar ones.</summary>
    public UpdateKind Update { get; init; } = UpdateKind.Pixel;

    /// <summary>β: the share of a frame's pixels that a pixel-wise update writes; over 0, up to 1, default 0.1 (the paper's).</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Memory's bound, in frames' worth of pixels, the first frame included, the previous frame not; 1 to 100. The paper's memory grows without end.</summary>
    public double CapacityFrames { get; init; } = 2;

    /// <summary>
    /// How far from where it was an object is looked for, in sides of it (the square root of its area) besides twice its speed; 0 to 100, 0 for everywhere, as the paper does.
    /// An object that is lost, or nearly hidden, is looked for everywhere. Default 0.75.
    /// </summary>
    public double Reach { get; init; } = 0.75;

    /// <summary>Whether <see cref="MemoryWrite.Pixels"/> is filled in, for pictures like the paper's Figure 2; costs a transfer a write. Default: false.</summary>
    public bool ReportPixels { get; init; }
}
