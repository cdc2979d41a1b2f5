namespace SwiftNet.Live.Pipeline;

/// <summary>How the time budget stands and what it has decided; one immutable snapshot after the other.</summary>
internal sealed record BudgetFacts
{
    /// <summary>Everything as configured.</summary>
    public static BudgetFacts Pinned { get; } = new();

    /// <summary>Whether the budget decides anything: for live sources, unless Budget:Pin is set.</summary>
    public bool Keeps { get; init; }

    /// <summary>Steps below what is configured, of size and capacity together; 0 is as configured.</summary>
    public int Level { get; init; }

    /// <summary>The lowest level there is.</summary>
    public int LowestLevel { get; init; }

    /// <summary>What the sides of the network's picture are multiplied by; what preprocess goes by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The memory's capacity, in frames; 0 before the first mask.</summary>
    public double CapacityFrames { get; init; }

    /// <summary>What a frame may take before size or memory give way, in milliseconds; 0 before the first mask.</summary>
    public double LimitMilliseconds { get; init; }

    /// <summary>What a frame took, in milliseconds, averaged over the last ten that were counted; 0 before.</summary>
    public double AverageMilliseconds { get; init; }

    /// <summary>Steps down since the start.</summary>
    public long Downs { get; init; }

    /// <summary>Steps up since the start.</summary>
    public long Ups { get; init; }

    /// <summary>That the machine is too slow for the camera, why, and what would help; null while it is fast enough.</summary>
    public string? TooSlow { get; init; }

    /// <summary>What was decided last, and why; null while nothing was.</summary>
    public string? LastDecision { get; init; }
}
