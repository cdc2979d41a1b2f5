using SwiftNet.Live.Options;

namespace SwiftNet.Live.Bench;

/// <summary>Which of the ways through the network is measured.</summary>
internal enum BenchPath
{
    /// <summary>As the service runs: folded, channels-last, fused, in the device's best precision.</summary>
    Fast,

    /// <summary>float32, NCHW, unfolded, with the malloc settings.</summary>
    Plain,

    /// <summary>The same with glibc's own malloc settings.</summary>
    PlainDefaultMalloc,

    /// <summary>As the service runs, inside the running pipeline.</summary>
    Pipeline,
}

/// <summary>One line of the table.</summary>
/// <param name="Size">The frames' size, which is the network's as well.</param>
/// <param name="Objects">Objects followed.</param>
/// <param name="PreviousFrame">Whether the previous frame is matched too.</param>
/// <param name="Path">The way through the network.</param>
/// <param name="Precision">The number format, for the fast path; null for the configured one.</param>
internal sealed record BenchCase(FrameSize Size, int Objects, bool PreviousFrame, BenchPath Path, Precision? Precision = null);

/// <summary>What one child process measured.</summary>
internal sealed record BenchResult
{
    /// <summary>Milliseconds a frame by part, one value a frame; <c>total</c> is the whole frame.</summary>
    public required Dictionary<string, double[]> Parts { get; init; }

    /// <summary>Managed bytes allocated a frame.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Tensors alive when all frames were done.</summary>
    public long LiveTensors { get; init; }

    /// <summary>Resident bytes after <see cref="BenchRun.SettledFrames"/> frames, or after the last where there are fewer.</summary>
    public long ResidentWhenSettled { get; init; }

    /// <summary>Resident bytes after the last frame.</summary>
    public long ResidentAtEnd { get; init; }

    /// <summary>Share of frames written to memory.</summary>
    public double WriteRate { get; init; }

    /// <summary>The convolutions' number format.</summary>
    public string Format { get; init; } = "";

    /// <summary>Multiply-adds a frame, by layer.</summary>
    public Dictionary<string, double> MultiplyAdds { get; init; } = [];
}
