namespace SwiftNet.Live.Options;

/// <summary>Scaling of frames to the network's input; the size itself is <see cref="SegmentOptions.Size"/>.</summary>
internal sealed record PreprocessOptions
{
    /// <summary>OpenCV threads for scaling; 1 to 64, default 1, which leaves the other cores to the network.</summary>
    public int Threads { get; init; } = 1;
}
