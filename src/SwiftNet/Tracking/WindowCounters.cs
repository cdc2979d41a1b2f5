namespace SwiftNet.Tracking;

/// <summary>What windows have done since the video began.</summary>
/// <param name="Steps">Steps of the network.</param>
/// <param name="Pixels">Network pixels of those steps together, without padding.</param>
/// <param name="Moves">Times that a window moved with its shape kept, which costs nothing.</param>
/// <param name="Reshapes">Times that a window changed its shape or scale.</param>
/// <param name="WholeSteps">Steps that saw the whole frame.</param>
public readonly record struct WindowCounters(long Steps, long Pixels, long Moves, long Reshapes, long WholeSteps)
{
    /// <summary>Both together.</summary>
    public WindowCounters With(WindowCounters other) =>
        new(Steps + other.Steps, Pixels + other.Pixels, Moves + other.Moves, Reshapes + other.Reshapes, WholeSteps + other.WholeSteps);
}
