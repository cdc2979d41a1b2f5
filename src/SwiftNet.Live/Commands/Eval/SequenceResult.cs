using SwiftNet.Imaging.Scoring;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>What one sequence came to.</summary>
/// <param name="Name">The sequence's.</param>
/// <param name="Frames">How many were segmented.</param>
/// <param name="Writes">How many of them were written to memory, objects' first frames aside.</param>
/// <param name="Time">From the pictures in memory to the ids in memory, memory writes included, files aside.</param>
/// <param name="Objects">The objects that have a scored frame.</param>
internal sealed record SequenceResult(string Name, int Frames, int Writes, TimeSpan Time, IReadOnlyList<ObjectScores> Objects)
{
    /// <summary>The frames behind the first, each for itself.</summary>
    public IReadOnlyList<StepTime> Steps { get; init; } = [];

    /// <summary>What the windows did; null where there were none.</summary>
    public WindowCounters? Windows { get; init; }

    /// <summary>Memory pixels at the end, of the object that has most, the previous frame aside.</summary>
    public int MemoryPixels { get; init; }
}

/// <summary>What one frame took.</summary>
/// <param name="Time">From the picture in memory to the ids in memory, memory write included.</param>
/// <param name="Written">Whether it was written to memory.</param>
internal readonly record struct StepTime(TimeSpan Time, bool Written);
