using SwiftNet.Network;
using SwiftNet.Snapshots;
using TorchSharp;

namespace SwiftNet;

/// <content>A video that is kept in a file and goes on later, in another process.</content>
public sealed partial class VideoSegmenter
{
    /// <summary>
    /// After <see cref="Load"/>: the snapshot was made with other weights, whose memory tells these nothing. The objects were started again from the frames that they
    /// were given and put right on and from the newest frame with its masks; what memory had learnt in between is gone.
    /// </summary>
    public bool WasRebuilt { get; private set; }

    /// <summary>
    /// Writes a snapshot: the objects with all that memory holds of them, so that a video that goes on from it finds what this one finds. What is
    /// still to be written is written first.
    /// </summary>
    /// <remarks>
    /// The file has a version and a checksum; inside it is safetensors. With one object at 576x320 in bfloat16 it takes about 5 MB, and 2 MB for each
    /// further one. The copy is held in memory while it is written.
    /// </remarks>
    /// <param name="to">Receives it; the caller disposes it.</param>
    /// <param name="metadata">The caller's own texts, which <see cref="Load"/> gives back. Keys do not begin with <c>swiftnet.</c></param>
    /// <exception cref="ArgumentException">A key does.</exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public void Save(Stream to, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(to);
        Capture(metadata).WriteTo(to);
    }

    /// <summary>Copies a snapshot, as <see cref="Save"/> writes it, without writing it yet.</summary>
    /// <param name="metadata">As for <see cref="Save"/>.</param>
    /// <exception cref="ArgumentException">A key begins with <c>swiftnet.</c></exception>
    /// <exception cref="InvalidOperationException">No video was started.</exception>
    public VideoSnapshot Capture(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var texts = new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        if (texts.Keys.FirstOrDefault(key => key.StartsWith(SnapshotNames.Own, StringComparison.Ordinal)) is { } taken)
        {
            throw new ArgumentException($"The key '{taken}' is the snapshot's own.", nameof(metadata));
        }

        WriteAll();
        var video = Running();
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        texts.Add(SnapshotNames.Weights, _model.Fingerprint);
        texts.Add(SnapshotNames.State, SnapshotWriter.State(video, _trigger.Varied));
        return new VideoSnapshot(SnapshotWriter.Tensors(video), texts);
    }

    /// <summary>
    /// Reads a snapshot; the video goes on where it was, at the sizes it had: <see cref="Resize"/> brings it to others. Of more memory than the options allow
    /// the newest is kept. With other weights than it was made with see <see cref="WasRebuilt"/>.
    /// </summary>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="options">The memory's knobs; they need not be those of the snapshot.</param>
    /// <param name="from">The snapshot, up to its end; the caller disposes it.</param>
    /// <param name="metadata">The texts that were given to <see cref="Save"/>.</param>
    /// <returns>The segmenter; the caller disposes it.</returns>
    /// <exception cref="SnapshotException">It is no snapshot, of another version, truncated, damaged or inconsistent; the message says so in one line.</exception>
    public static VideoSegmenter Load(SwiftNetModel model, MemoryOptions options, Stream from, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(from);
        var file = SnapshotFile.Read(from);
        metadata = Texts(file.Metadata);
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var snapshot = new SnapshotReader(file, model.Layout);
        var segmenter = new VideoSegmenter(model, options) { _video = snapshot.Video(options) };
        try
        {
            segmenter._trigger.Varied = snapshot.State.Varied;
            segmenter.WasRebuilt = !string.Equals(file.Metadata.GetValueOrDefault(SnapshotNames.Weights), model.Fingerprint, StringComparison.Ordinal);
            if (segmenter.WasRebuilt)
            {
                var video = segmenter._video;
                segmenter._video = Resizing.Move(video, model, video.Size, video.Width, video.Height, options);
            }
            else
            {
                snapshot.Remember(segmenter._video);
            }

            return segmenter;
        }
        catch
        {
            segmenter.Dispose();
            throw;
        }
    }

    /// <summary>The texts that were given to <see cref="Save"/>, of a snapshot that is whole.</summary>
    /// <exception cref="SnapshotException">It is no snapshot, of another version, truncated or damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return Texts(SnapshotFile.Read(from).Metadata);
    }

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Where(text => !text.Key.StartsWith(SnapshotNames.Own, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
}
