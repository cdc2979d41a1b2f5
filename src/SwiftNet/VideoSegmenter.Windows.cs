using SwiftNet.Network;
using SwiftNet.Sights;
using SwiftNet.Tracking;
using TorchSharp;

namespace SwiftNet;

/// <content>A video of which the network sees a window. What knows places (states, gate, boxes) is in the frame's units, and memory knows none.</content>
public sealed partial class VideoSegmenter
{
    private readonly MaskBoxes _boxes = new();

    /// <summary>The window that the next step is expected to show.</summary>
    internal FrameWindow Window => Running().Window;

    /// <summary>Begins a video with a window of its first frame.</summary>
    /// <param name="frame">The window's picture.</param>
    /// <param name="window">The window.</param>
    /// <param name="cut">The objects, and what memory and a look at the whole frame are to know of the frame.</param>
    internal void StartWindow(NetworkFrame frame, FrameWindow window, ReferenceCut cut)
    {
        Reset();
        var mask = window.Cut(cut.Mask);
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _video = new Video(new PaddedSize(frame.Width, frame.Height), window.Width, window.Height, _options, _model.Layout) { Window = window, Boxes = [] };
        _video.Keep(_model.Encoder.Forward(_video.Input.Next(frame)));
        _trigger.Begin((long)_video.Size.Width * _video.Size.Height);
        AddObjects(_video, mask, mask.DistinctIds(), cut);
    }

    /// <summary>Adds objects on the frame of the last step; their part of the frame is in the window.</summary>
    internal void AddInWindow(byte[] ids, ReferenceCut cut)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        AddObjects(Running(), Window.Cut(cut.Mask), ids, cut);
    }

    /// <summary>
    /// Between a step with its write and the next step: from now on the network sees another window. Masks are resampled, the last frame is cut again, and memory stays as it
    /// is, but that between the whole frame and a part of it references are encoded at the scale that is looked at.
    /// </summary>
    /// <param name="window">The window of the steps to come.</param>
    /// <param name="last">The last step's frame as that window shows it.</param>
    internal void MoveWindow(FrameWindow window, NetworkFrame last)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var video = WithoutWaiting();
        if (video.Due != WriteReason.None)
        {
            Write();
        }

        var (before, size) = (video.Window, new PaddedSize(last.Width, last.Height));
        var masks = new SoftMasks(video.Ids, WindowMaps.Resample(video.Probabilities, before, window));
        if (size != video.Size || window.IsWhole != before.IsWhole)
        {
            video = _video = Reshaped(video, window, size);
        }

        video.Show(masks);
        var input = video.Input.Next(last);
        if (Math.Abs((window.Scale / before.Scale) - 1) > SameScale)
        {
            EncodeLast(video, input);
        }
        else
        {
            video.Keep(default(FrameFeatures));
        }

        video.Unwritten = false;
        video.Window = window;
        video.ChangeResults(window.Width, window.Height);
    }

    // Ratio of scales up to which the last frame is not encoded again.
    private const double SameScale = 0.02;

    private Video Reshaped(Video video, FrameWindow window, PaddedSize size)
    {
        var moved = new Video(size, window.Width, window.Height, _options, _model.Layout) { Boxes = [] };
        try
        {
            var references = window.IsWhole == video.Window.IsWhole ? null : References(video, window.IsWhole);
            foreach (var memory in video.Memory.Objects)
            {
                memory.AppendPending();
                moved.Memory.AddCopy(memory, references?[memory.Id]);
            }
        }
        catch
        {
            moved.Dispose();
            throw;
        }

        moved.TakeObjects(video);
        moved.TakeGiven(video);
        _trigger.Resize((long)video.Size.Width * video.Size.Height, (long)size.Width * size.Height);
        video.Dispose();
        return moved;
    }

    /// <summary>The given frames of each object, encoded as the whole frame or its part shows them; null in place of those of which there is no part.</summary>
    private Dictionary<byte, List<KeysValues?>> References(Video video, bool whole)
    {
        var all = video.Objects.All.ToDictionary(o => o.Id, _ => new List<KeysValues?>());
        foreach (var given in video.Given.All)
        {
            var encoded = given.Near is { } near ? ReferenceEncoder.Encode(_model, whole ? given : near) : null;
            for (var i = 0; i < given.Ids.Length; i++)
            {
                all[given.Ids[i]].Add(encoded?[i]);
            }
        }

        return all;
    }

    /// <summary>The last frame serves as the previous one at the scale of the frames to come.</summary>
    private void EncodeLast(Video video, torch.Tensor input)
    {
        video.Keep(_model.Encoder.Forward(input));
        var newest = video.Newest;
        var written = _options.PreviousFrame ? video.Objects.WrittenOn(newest) : [];
        if (written.Length > 0)
        {
            var masks = video.Pad(newest.Masks.Only(written).Maps);
            video.Memory.Update(Encode(video, newest.Features, masks, SoftMasks.All(newest.Masks.Maps)), due: false, written, Looks.Cells(masks));
        }
    }

    private void MeasureBoxes(Video video, ReadOnlySpan<byte> ids)
    {
        if (video.Boxes is { } boxes)
        {
            _boxes.Measure(ids, video.Window, video.Ids, boxes);
        }
    }
}
