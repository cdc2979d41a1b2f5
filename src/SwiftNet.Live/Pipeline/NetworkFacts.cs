namespace SwiftNet.Live.Pipeline;

/// <summary>What the network runs on, and how full its memory is; one immutable snapshot after the other.</summary>
/// <param name="Device">cpu or cuda:N.</param>
/// <param name="Choice">The convolutions' number format, and the reason for it.</param>
/// <param name="Width">Columns that the network sees, in pixels.</param>
/// <param name="Height">Rows that the network sees, in pixels.</param>
internal sealed record NetworkFacts(string Device, FormatChoice Choice, int Width, int Height)
{
    /// <summary>The convolutions' number format.</summary>
    public string Format => Choice.Format;

    /// <summary>Memory pixels held for the object that has most.</summary>
    public int MemoryPixels { get; init; }

    /// <summary>Memory pixels that an object may have.</summary>
    public int MemoryCapacity { get; init; }

    /// <summary>Frames written since the start, the first included.</summary>
    public long Writes { get; init; }

    /// <summary>The frame written last.</summary>
    public long LastWrite { get; init; }

    /// <summary>Why it was.</summary>
    public WriteReason LastReason { get; init; }
}
