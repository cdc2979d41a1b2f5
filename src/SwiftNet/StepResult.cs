namespace SwiftNet;

/// <summary>Why a frame is written to memory.</summary>
public enum WriteReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>An object's first frame.</summary>
    First,

    /// <summary>The variation-aware trigger fired.</summary>
    Variation,

    /// <summary>Its turn in a periodic schedule.</summary>
    Periodic,
}

/// <summary>How an object fares.</summary>
public enum ObjectState
{
    /// <summary>It is seen.</summary>
    Tracking,

    /// <summary>It is not seen, or its mask is refused, since a moment ago.</summary>
    Occluded,

    /// <summary>The same for longer. What looks like it has to prove itself before it is taken for it.</summary>
    Lost,

    /// <summary>It was lost and has been found again a moment ago.</summary>
    Recovered,
}

/// <summary>Why a mask is not believed.</summary>
public enum MaskRefusal
{
    /// <summary>It is.</summary>
    None,

    /// <summary>It has suddenly grown to a large part of the frame.</summary>
    Flood,

    /// <summary>It is larger than the object can have become, farther off than it can have moved, or looks like something else.</summary>
    Jump,
}

/// <summary>How sure the network is of one object in one frame, and what is made of it.</summary>
/// <param name="Id">The object's id, as in the mask.</param>
/// <param name="Confidence">Mean probability over the pixels given to the object, 0 to 1; 0 when it got none.</param>
public readonly record struct ObjectConfidence(byte Id, float Confidence)
{
    /// <summary>How the object fares.</summary>
    public ObjectState State { get; init; }

    /// <summary>Why the mask found on this frame is not believed. It is then not shown and not written to memory, neither as an update nor
    /// as the previous frame.</summary>
    public MaskRefusal Refusal { get; init; }
}

/// <summary>What one step found besides the mask. The list is reused by the next step.</summary>
/// <param name="Frame">Steps since <see cref="VideoSegmenter.Start"/>, which is frame 0.</param>
/// <param name="Objects">One entry an object, in order of id.</param>
/// <param name="Due">Whether and why <see cref="VideoSegmenter.Write"/> will write this frame to memory.</param>
/// <param name="Variation">The trigger's count P as a share of the frame's area, before it is reset by a due frame.</param>
public readonly record struct StepResult(long Frame, IReadOnlyList<ObjectConfidence> Objects, WriteReason Due, float Variation);

/// <summary>What one write added to memory.</summary>
/// <param name="Frame">The frame that was written.</param>
/// <param name="Reason">Why.</param>
/// <param name="PixelCount">Memory pixels added for each object.</param>
/// <param name="Pixels">With <see cref="MemoryOptions.ReportPixels"/>, the cells written for any object, as a mask of
/// <c>ceil(frame / 16)</c> cells a side over the padded frame (1 = written); else null.</param>
public sealed record MemoryWrite(long Frame, WriteReason Reason, int PixelCount, IdMask? Pixels);

/// <summary>How long the parts of the last step and write took.</summary>
/// <param name="Encode">Input upload, encoder, query heads.</param>
/// <param name="Match">Affinity, softmax, memory read.</param>
/// <param name="Decode">ASPP, decoder, soft aggregation, trigger count.</param>
/// <param name="Fetch">Up-sampling to the output size, labels, transfer to the host.</param>
/// <param name="Write">Light-aggregation encoder, memory heads, search and store.</param>
public readonly record struct PartTimes(TimeSpan Encode, TimeSpan Match, TimeSpan Decode, TimeSpan Fetch, TimeSpan Write)
{
    /// <summary>Both together.</summary>
    public PartTimes With(PartTimes other) =>
        new(Encode + other.Encode, Match + other.Match, Decode + other.Decode, Fetch + other.Fetch, Write + other.Write);
}

/// <summary>What one window's write added to memory.</summary>
/// <param name="Window">The window.</param>
/// <param name="Write">What was written; its cells lie on the window's network picture.</param>
public readonly record struct WindowWrite(Tracking.FrameWindow Window, MemoryWrite Write);
