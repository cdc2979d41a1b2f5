namespace SwiftNet.Live.Options;

/// <summary>How much a run may take.</summary>
internal sealed record BudgetOptions
{
    /// <summary>
    /// Milliseconds that a frame's whole work may take, preprocessing to memory write, averaged over ten frames; over 0, up to 10,000, or
    /// auto, the default: the time between two frames of the camera (at least 33 ms), or 0.6 of what a frame takes as configured where that is
    /// more. Missed persistently, size and memory give way, but no object gets too small for the network. For live sources alone.
    /// </summary>
    public FrameTime FrameTime { get; init; }

    /// <summary>Frames that a memory write waits for while newer frames wait for the network; 0 to 100, default 1 (measured: at 2 the masks suffer). For live sources alone.</summary>
    public int DeferFrames { get; init; } = 1;

    /// <summary>Whether size, memory and the moment of a write stay as they are configured, whatever a frame takes. Default: false; files always do.</summary>
    public bool Pin { get; init; }

    /// <summary>Objects followed at once; 1 to 255, default 32. A first mask with more is refused.</summary>
    public int MaxObjects { get; init; } = 32;

    /// <summary>Frames that wait between two stages when none may be lost; 1 to 64, default 2. Live queues hold one, the newest.</summary>
    public int QueueFrames { get; init; } = 2;

    /// <summary>Seconds that the frames still on their way get when the service stops; 1 to 600, default 20.</summary>
    public int DrainSeconds { get; init; } = 20;
}
