using SwiftNet.Network;
using SwiftNet.Snapshots;
using SwiftNet.Tracking;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet;

/// <content>A video that is kept in a file and goes on later, in another process.</content>
public sealed partial class VideoSegmenter
{
    /// <summary>
    /// After <see cref="Load"/>: the snapshot was made with other weights, and these weights cannot use its memory. The objects were
    /// started again from the frames that they were given and put right on and from the newest frame with its masks; what memory had learnt
    /// in between is gone.
    /// </summary>
    public bool WasRebuilt { get; private set; }

    /// <summary>
    /// Writes a snapshot: the objects with all that memory holds of them, so that a video that goes on from it finds what this one finds.
    /// What is still to be written is written first.
    /// </summary>
    /// <remarks>
    /// The file has a version and a checksum; inside it is safetensors. With one object at 576x320 in bfloat16 it takes about 5 MB, and 2
    /// MB for each further one. The copy is held in memory while it is written.
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
        return new VideoSnapshot(CapturePart(metadata, boxOf: null));
    }

    /// <summary>Copies what a snapshot holds of this segmenter's objects.</summary>
    /// <param name="metadata">As for <see cref="Save"/>.</param>
    /// <param name="boxOf">Where each object was in the camera's frame; null where there are no windows.</param>
    internal SnapshotPart CapturePart(IReadOnlyDictionary<string, string> metadata, Func<byte, BoxHistory>? boxOf)
    {
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
        texts.Add(SnapshotNames.State, SnapshotWriter.State(video, _trigger.Varied, boxOf));
        return new SnapshotPart(SnapshotWriter.Tensors(video), texts);
    }

    /// <summary>
    /// Reads a snapshot; the video goes on where it was, at the sizes it had: <see cref="Resize"/> brings it to others. Of more memory than
    /// the options allow the newest is kept. With other weights than it was made with see <see cref="WasRebuilt"/>.
    /// </summary>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="options">The memory's knobs; they need not be those of the snapshot.</param>
    /// <param name="from">The snapshot, up to its end; the caller disposes it.</param>
    /// <param name="metadata">The texts that were given to <see cref="Save"/>.</param>
    /// <returns>The segmenter; the caller disposes it.</returns>
    /// <exception cref="SnapshotException">It is no snapshot, of another version, truncated, damaged or inconsistent; the message says so
    /// in one line.</exception>
    public static VideoSegmenter Load(
        SwiftNetModel model, MemoryOptions options, Stream from, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(from);
        var file = SnapshotFile.Read(from);
        metadata = Texts(file.Metadata);
        return LoadPart(model, options, file, out _);
    }

    /// <summary>Makes a segmenter of a part of a snapshot; the caller disposes it.</summary>
    internal static VideoSegmenter LoadPart(SwiftNetModel model, MemoryOptions options, SafetensorsFile file, out SnapshotState state)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var snapshot = new SnapshotReader(file, model.Layout);
        state = snapshot.State;
        var segmenter = new VideoSegmenter(model, options) { _video = snapshot.Video(options) };
        try
        {
            segmenter._trigger.Varied = snapshot.State.Varied;
            segmenter.WasRebuilt = !string.Equals(
                file.Metadata.GetValueOrDefault(SnapshotNames.Weights), model.Fingerprint, StringComparison.Ordinal);
            if (segmenter.WasRebuilt)
            {
                var video = segmenter._video = WholeFrame(segmenter._video, state.Window, options, model.Layout);
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

    /// <summary>After <see cref="LoadPart"/>: frames are windows of the camera's frame.</summary>
    internal void ShowWindow(FrameWindow window)
    {
        var video = Running();
        video.Window = window;
        video.Boxes = new BoundingBox[video.Ids.Length];
        video.ChangeResults(window.Width, window.Height);
    }

    // With other weights objects start again from their given frames, which are whole: so is the video, with what a window showed of its
    // newest frame.
    private static Video WholeFrame(Video video, FrameWindow? shown, MemoryOptions options, NetworkLayout layout)
    {
        if (shown is not { IsWhole: false } window || video.Given.All is not [var given, ..])
        {
            return video;
        }

        var (width, height) = (given.Size.Width, given.Size.Height);
        var whole = FrameWindow.Whole(window.FrameWidth, window.FrameHeight, width, height);
        var moved = new Video(new PaddedSize(width, height), whole.Width, whole.Height, options, layout);
        moved.TakeObjects(video);
        moved.TakeGiven(video);
        moved.Show(new SoftMasks(video.Ids, WindowMaps.Resample(video.Probabilities, window, whole)));
        moved.Input.Next(WindowMaps.Resample(video.Input.Current, window, whole));
        video.Dispose();
        return moved;
    }

    /// <summary>The texts that were given to <see cref="Save"/>, of a snapshot that is whole.</summary>
    /// <exception cref="SnapshotException">It is no snapshot, of another version, truncated or damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return Texts(SnapshotFile.ReadParts(from)[0].Metadata);
    }

    internal static Dictionary<string, string> Texts(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Where(text => !text.Key.StartsWith(SnapshotNames.Own, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
}
