namespace SwiftNet.Live.Commands.Eval;

/// <summary>What one sequence came to.</summary>
/// <param name="Name">The sequence's.</param>
/// <param name="Frames">How many were segmented.</param>
/// <param name="Writes">How many of them were written to memory, objects' first frames aside.</param>
/// <param name="Time">From the pictures in memory to the ids in memory, memory writes included, files aside.</param>
/// <param name="Objects">The objects that have a scored frame.</param>
internal sealed record SequenceResult(string Name, int Frames, int Writes, TimeSpan Time, IReadOnlyList<ObjectScores> Objects);
