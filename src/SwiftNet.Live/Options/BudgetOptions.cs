namespace SwiftNet.Live.Options;

/// <summary>How much a run may take.</summary>
internal sealed record BudgetOptions
{
    /// <summary>Objects followed at once; 1 to 255, default 32. A first mask with more is refused.</summary>
    public int MaxObjects { get; init; } = 32;

    /// <summary>Frames that wait between two stages when none may be lost; 1 to 64, default 2. Live queues hold one, the newest.</summary>
    public int QueueFrames { get; init; } = 2;

    /// <summary>Seconds that the frames still on their way get when the service stops; 1 to 600, default 20.</summary>
    public int DrainSeconds { get; init; } = 20;
}
