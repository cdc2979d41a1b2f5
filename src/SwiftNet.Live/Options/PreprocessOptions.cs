namespace SwiftNet.Live.Options;

/// <summary>How a picture is brought to network size; the size itself is <see cref="SegmentOptions.Size"/>.</summary>
internal sealed record PreprocessOptions
{
    /// <summary>Threads that OpenCV scales with; 1 to 64, default 1, so that the network has the rest.</summary>
    public int Threads { get; init; } = 1;
}
