namespace SwiftNet.Live.Options;

/// <summary>Limits on time, objects and queues.</summary>
internal sealed record BudgetOptions
{
    /// <summary>
    /// Processing time per frame in milliseconds, from preprocessing to memory write, as a mean of ten frames; over 0, up to 10,000, or
    /// auto (default): the camera's frame interval (at least 33 ms), or 0.6 of the measured time with the configured settings, whichever
    /// is longer. When exceeded persistently, input size and memory are reduced, but never so far that an object becomes too small for the
    /// network. Live sources only.
    /// </summary>
    public FrameTime FrameTime { get; init; }

    /// <summary>Frames by which a memory write may be deferred while newer frames wait for the network; 0 to 100, default 1 (measured: 2
    /// degrades the masks). Live sources only.</summary>
    public int DeferFrames { get; init; } = 1;

    /// <summary>Whether input size, memory and write timing stay as configured, whatever a frame takes. Default: false; for files always
    /// true.</summary>
    public bool Fixed { get; init; }

    /// <summary>Maximum number of tracked objects; 1 to 255, default 32. An initial mask with more objects is refused.</summary>
    public int MaxObjects { get; init; } = 32;

    /// <summary>Queue length in frames between two stages when no frame may be lost; 1 to 64, default 2. Live queues hold only the newest
    /// frame.</summary>
    public int QueueFrames { get; init; } = 2;

    /// <summary>Seconds that frames in the pipeline get to complete when the service stops; 1 to 600, default 20.</summary>
    public int DrainSeconds { get; init; } = 20;
}
