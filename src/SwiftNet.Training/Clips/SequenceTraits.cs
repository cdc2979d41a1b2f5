namespace SwiftNet.Training.Clips;

/// <summary>What training has to know about a sequence besides its frames and masks.</summary>
/// <param name="Weight">How often it is drawn, relative to others.</param>
/// <param name="Steps">How its frames follow each other in time.</param>
/// <param name="RoughEdges">Whether outlines may be wrong by a few pixels, so that no loss is computed near them.</param>
/// <param name="Group">Whether one id may stand for several things; then the sequence is not used to find an object from a box or points.</param>
internal sealed record SequenceTraits(
    double Weight = 1,
    SequenceSteps Steps = SequenceSteps.Dense,
    bool RoughEdges = false,
    bool Group = false)
{
    /// <summary>A dense video with exact outlines.</summary>
    public static SequenceTraits Default { get; } = new();
}

/// <summary>How a sequence's frames follow each other in time.</summary>
internal enum SequenceSteps
{
    /// <summary>Consecutive frames of a video.</summary>
    Dense,

    /// <summary>Mostly consecutive, with some large steps, which are found by comparing the pictures.</summary>
    Uneven,

    /// <summary>Every step is large: no frame serves as another's previous frame.</summary>
    Sparse,
}
