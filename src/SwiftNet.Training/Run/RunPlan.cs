namespace SwiftNet.Training.Run;

/// <summary>Where a run's results go, and when it does what.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Data">What it learns from, in words, for the exported weights.</param>
internal sealed record RunPlan(string Folder, string Data)
{
    /// <summary>Time between two checkpoints.</summary>
    public TimeSpan Save { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two scores of the development split.</summary>
    public TimeSpan Score { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Batches made ahead.</summary>
    public int BatchesAhead { get; init; } = 3;

    /// <summary>Steps of this call; null for all that are left.</summary>
    public int? Steps { get; init; }
}
