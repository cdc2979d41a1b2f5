namespace SwiftNet.Live.Pipeline;

/// <summary>Device, format and memory usage of the network; immutable.</summary>
/// <param name="Device">cpu or cuda:N.</param>
/// <param name="Choice">The convolutions' number format, and the reason for it.</param>
/// <param name="Width">Columns of the network's input, in pixels.</param>
/// <param name="Height">Rows of the network's input, in pixels.</param>
internal sealed record NetworkState(string Device, FormatChoice Choice, int Width, int Height)
{
    /// <summary>The convolutions' number format.</summary>
    public string Format => Choice.Format;

    /// <summary>Memory pixels of the object with the most.</summary>
    public int MemoryPixels { get; init; }

    /// <summary>Memory pixel capacity per object.</summary>
    public int MemoryCapacity { get; init; }

    /// <summary>Number of frames written since the start, including the first.</summary>
    public long Writes { get; init; }

    /// <summary>Number of the last written frame.</summary>
    public long LastWrite { get; init; }

    /// <summary>The reason of the last write.</summary>
    public WriteReason LastReason { get; init; }
}
