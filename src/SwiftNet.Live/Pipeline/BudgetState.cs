namespace SwiftNet.Live.Pipeline;

/// <summary>State of the time budget; immutable.</summary>
internal sealed record BudgetState
{
    /// <summary>Everything as configured.</summary>
    public static BudgetState Pinned { get; } = new();

    /// <summary>Whether the budget is enforced: for live sources, unless Budget:Fixed is set.</summary>
    public bool Keeps { get; init; }

    /// <summary>Quality steps below the configured settings, of size and capacity together; 0 = as configured.</summary>
    public int Level { get; init; }

    /// <summary>Largest number of quality steps.</summary>
    public int LowestLevel { get; init; }

    /// <summary>Scale of the network's input relative to the configured size; used by preprocessing.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The memory's capacity, in frames; 0 before the first mask.</summary>
    public double CapacityFrames { get; init; }

    /// <summary>Allowed processing time per frame in milliseconds; 0 before the first mask.</summary>
    public double LimitMilliseconds { get; init; }

    /// <summary>Processing time per frame in milliseconds, mean of the last ten counted frames; 0 before.</summary>
    public double AverageMilliseconds { get; init; }

    /// <summary>Number of steps down since the start.</summary>
    public long Downs { get; init; }

    /// <summary>Number of steps up since the start.</summary>
    public long Ups { get; init; }

    /// <summary>Why the machine is too slow for the camera, with advice; null = fast enough.</summary>
    public string? TooSlow { get; init; }

    /// <summary>The last decision and its reason; null = none.</summary>
    public string? LastDecision { get; init; }
}
