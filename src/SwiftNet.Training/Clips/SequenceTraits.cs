namespace SwiftNet.Training.Clips;

/// <summary>Properties of a sequence that affect training.</summary>
/// <param name="Weight">Sampling weight relative to other sequences.</param>
/// <param name="Steps">Temporal spacing of the frames.</param>
/// <param name="RoughEdges">Whether outlines may be wrong by a few pixels; no loss is computed near them.</param>
/// <param name="Group">Whether one id may stand for several objects; such a sequence is not used for segmentation from prompts.</param>
internal sealed record SequenceTraits(
    double Weight = 1,
    SequenceSteps Steps = SequenceSteps.Dense,
    bool RoughEdges = false,
    bool Group = false)
{
    /// <summary>A dense video with exact outlines.</summary>
    public static SequenceTraits Default { get; } = new();
}

/// <summary>Temporal spacing of a sequence's frames.</summary>
internal enum SequenceSteps
{
    /// <summary>Consecutive frames of a video.</summary>
    Dense,

    /// <summary>Mostly consecutive frames, with some large steps that are detected by comparing pictures.</summary>
    Uneven,

    /// <summary>Every step is large: no frame can be another's previous frame.</summary>
    Sparse,
}
