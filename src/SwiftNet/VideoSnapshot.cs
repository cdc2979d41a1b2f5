using SwiftNet.Snapshots;
using SwiftNet.Weights;

namespace SwiftNet;

/// <summary>A snapshot of a video, copied to host memory: it can be written on any thread while the video goes on.</summary>
public sealed class VideoSnapshot
{
    private readonly Dictionary<string, StoredTensor> _tensors;
    private readonly Dictionary<string, string> _texts;

    internal VideoSnapshot(Dictionary<string, StoredTensor> tensors, Dictionary<string, string> texts) => (_tensors, _texts) = (tensors, texts);

    /// <summary>Writes the file that <see cref="VideoSegmenter.Load"/> reads; the stream stays the caller's.</summary>
    /// <exception cref="IOException">The stream takes no more.</exception>
    public void WriteTo(Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        SnapshotFile.Write(to, _tensors, _texts);
    }
}
