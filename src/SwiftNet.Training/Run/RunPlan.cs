namespace SwiftNet.Training.Run;

/// <summary>Output folder and intervals of a run.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Data">Description of the training data, for the exported weights.</param>
internal sealed record RunPlan(string Folder, string Data)
{
    /// <summary>Interval between two checkpoints; default 10 minutes.</summary>
    public TimeSpan Save { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Interval between two scores of the development split; default 1 hour.</summary>
    public TimeSpan Score { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Number of prefetched batches.</summary>
    public int BatchesAhead { get; init; } = 3;

    /// <summary>Maximum number of steps of this call; null = all remaining steps.</summary>
    public int? Steps { get; init; }
}
