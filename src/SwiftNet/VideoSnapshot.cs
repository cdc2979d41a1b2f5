using SwiftNet.Snapshots;

namespace SwiftNet;

/// <summary>A snapshot of a video, copied to host memory: it can be written on any thread while the video goes on.</summary>
public sealed class VideoSnapshot
{
    private readonly IReadOnlyList<SnapshotPart> _parts;

    internal VideoSnapshot(params IReadOnlyList<SnapshotPart> parts) => _parts = parts;

    /// <summary>Its parts, one for each window.</summary>
    internal IReadOnlyList<SnapshotPart> Parts => _parts;

    /// <summary>Writes the file that <see cref="VideoSegmenter.Load"/> or <see cref="WindowedSegmenter.Load"/> reads; the stream stays the
    /// caller's.</summary>
    /// <exception cref="IOException">The stream takes no more.</exception>
    public void WriteTo(Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (_parts is [var only])
        {
            SnapshotFile.Write(to, only.Tensors, only.Texts);
        }
        else
        {
            SnapshotFile.WriteParts(to, _parts);
        }
    }
}
