using SwiftNet.Snapshots;
using SwiftNet.Tracking;

namespace SwiftNet;

/// <content>A video that is kept in a file and goes on later, in another process.</content>
public sealed partial class WindowedSegmenter
{
    /// <summary>Writes a snapshot; see <see cref="VideoSegmenter.Save"/>.</summary>
    /// <param name="to">Receives it; the caller disposes it.</param>
    /// <param name="metadata">The caller's own texts, which <see cref="Load"/> returns.</param>
    /// <exception cref="InvalidOperationException">No video was started, or no object is followed.</exception>
    public void Save(Stream to, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(to);
        Capture(metadata).WriteTo(to);
    }

    /// <summary>Copies a snapshot, as <see cref="Save"/> writes it, without writing it yet.</summary>
    /// <param name="metadata">As for <see cref="Save"/>.</param>
    /// <exception cref="InvalidOperationException">No video was started, or no object is followed.</exception>
    public VideoSnapshot Capture(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        Running();
        return _trackers.Count > 0
            ? new VideoSnapshot(_trackers.ConvertAll(tracker => tracker.Segmenter.CapturePart(metadata, tracker.HistoryOf)))
            : throw new InvalidOperationException("No object is followed: there is nothing to save.");
    }

    /// <summary>
    /// Reads a snapshot, also one of <see cref="VideoSegmenter.Save"/>; the video goes on where it was, at the frame size that it had.
    /// </summary>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="memory">The memory's options.</param>
    /// <param name="options">The windows from now on.</param>
    /// <param name="from">The file.</param>
    /// <param name="metadata">The texts that were given to <see cref="Save"/>.</param>
    /// <returns>The segmenter; the caller disposes it.</returns>
    /// <exception cref="SnapshotException">It is no snapshot, of another version, truncated, damaged or inconsistent; the message says
    /// so in one line.</exception>
    public static WindowedSegmenter Load(
        SwiftNetModel model, MemoryOptions memory, WindowOptions options, Stream from, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(from);
        var segmenter = new WindowedSegmenter(model, memory, options);
        try
        {
            var parts = SnapshotFile.ReadParts(from);
            metadata = VideoSegmenter.Texts(parts[0].Metadata);
            foreach (var part in parts)
            {
                segmenter.Restore(VideoSegmenter.LoadPart(model, memory, part, out var state), state);
            }

            segmenter.FitRestored();
            return segmenter;
        }
        catch
        {
            segmenter.Dispose();
            throw;
        }
    }

    private void Restore(VideoSegmenter restored, SnapshotState state)
    {
        // What was saved of whole frames knows the camera's frame by the size of its masks.
        var (width, height) = state.Window is { } window ? (window.FrameWidth, window.FrameHeight) : (state.Width, state.Height);
        _policy ??= new WindowPolicy(width, height, _options, _scale);
        var tracker = new WindowTracker(restored, _cutter, _options.ReferenceContext) { Budget = _policy.Budget };
        _trackers.Add(tracker);
        var isTaken = state.Objects.Any(o => _trackers.Exists(other => other != tracker && other.Follows((byte)o.Id)));
        if (_policy.FrameWidth != width || _policy.FrameHeight != height || isTaken)
        {
            throw new SnapshotException("The snapshot cannot be used: its windows are not those of one video.");
        }

        var size = restored.State!.Size;
        restored.ShowWindow(
            state.Window is { } shown && !restored.WasRebuilt ? shown : FrameWindow.Whole(width, height, size.Width, size.Height));
        tracker.Restore(state.Objects.Select(o => ((byte)o.Id, o.Box ?? BoxHistory.Of(o.Sight, width, height))));
    }

    private void FitRestored()
    {
        ShareBudget();
        _trackers.ForEach(tracker => tracker.Fit(_policy!));
        JoinWholeFrames();
    }
}
