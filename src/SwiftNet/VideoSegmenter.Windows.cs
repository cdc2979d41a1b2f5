using SwiftNet.Network;
using SwiftNet.Sights;
using SwiftNet.Tracking;
using TorchSharp;

namespace SwiftNet;

/// <content>
/// A video of which the network processes a window. States, gate and boxes are in the frame's units; memory knows no places.
/// </content>
public sealed partial class VideoSegmenter
{
    private readonly MaskBoxes _boxes = new();

    /// <summary>The window that the next step is expected to show.</summary>
    internal FrameWindow Window => Running().Window;

    /// <summary>Begins a video with a window of its first frame.</summary>
    /// <param name="frame">The window's picture.</param>
    /// <param name="window">The window.</param>
    /// <param name="cut">The frame and the objects on it, as memory keeps them.</param>
    /// <param name="ids">The objects of the mask that are followed here.</param>
    internal void StartWindow(NetworkFrame frame, FrameWindow window, ReferenceCut cut, byte[] ids)
    {
        Reset();
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _video = new Video(new PaddedSize(frame.Width, frame.Height), window.Width, window.Height, _options, _model.Layout)
        {
            Window = window,
            Boxes = [],
        };
        _video.Keep(_model.Encoder.Forward(_video.Input.Next(frame)));
        _trigger.Begin((long)_video.Size.Width * _video.Size.Height);
        AddObjects(_video, window.Cut(cut.Mask), ids, cut);
    }

    /// <summary>Corrects an object by its mask on a frame that the window shows; see <see cref="Reference"/>.</summary>
    internal void ReferenceInWindow(NetworkFrame frame, ReferenceCut cut, byte id)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var video = WithoutWaiting();
        var mask = video.Window.Cut(cut.Mask);
        var features = _model.Encoder.Forward(video.Input.Aside(frame).Input);
        var maps = video.AtNetworkSize(mask, [id]);
        var given = cut.Keep([id], video);
        var encoded = given.Near is { } near ? ReferenceEncoder.Encode(_model, near, near.Size)[0] : Encode(
            video,
            features,
            video.Pad(maps),
            null);
        video.Memory.AddTrusted(id, encoded.Keys[0], encoded.Values[0]);
        video.Memory.Of(id).SetLook(Looks.Of(features, Looks.Cells(video.Pad(maps))));
        video.DropMask(id);
        Followed(video, id).Sight.Begin(video.Window.Observe(mask, id));
        video.Given.Add(given);
    }

    /// <summary>
    /// Between a step with its write and the next step: from now on the network processes another window. Masks are resampled, the last
    /// frame is cut again, and memory stays as it
    /// is. Between the whole frame and a part of it, references are encoded again at the scale of the new window.
    /// </summary>
    /// <param name="window">The window of the steps to come.</param>
    /// <param name="last">The last step's frame as that window shows it; empty where the frame is gone: its picture is then resampled
    /// from the old window.</param>
    internal void MoveWindow(FrameWindow window, NetworkFrame last = default)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var video = WithoutWaiting();
        if (video.Due != WriteReason.None)
        {
            Write();
        }

        var (before, size) = (video.Window, new PaddedSize(window.NetworkWidth, window.NetworkHeight));
        var picture = last.Width > 0 ? null : WindowMaps.Resample(video.Input.Current, before, window);
        var masks = new SoftMasks(video.Ids, WindowMaps.Resample(video.Probabilities, before, window));
        if (size != video.Size || window.IsWhole != before.IsWhole)
        {
            video = _video = Reshaped(video, window, size);
        }

        video.Show(masks);
        var input = picture is null ? video.Input.Next(last) : video.Input.Next(picture);
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

    /// <summary>The frame has another size from now on: the window is the same part of the picture in its units.</summary>
    internal void ChangeFrame(int frameWidth, int frameHeight)
    {
        var video = Running();
        video.Window = video.Window.FitInto(frameWidth, frameHeight);
        video.ChangeResults(video.Window.Width, video.Window.Height);
    }

    /// <summary>
    /// A segmenter of its own for one object, with its memory and its mask on the last frame; the object is no longer followed here.
    /// To be called between a step with its write and the next step.
    /// </summary>
    /// <returns>The segmenter; the caller disposes it.</returns>
    internal VideoSegmenter Split(byte id)
    {
        WriteAll();
        var split = Fork(id);
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var (from, to) = (Running(), split.Running());
        if (from.Ids.Contains(id))
        {
            to.Show(new SoftMasks([id], from.Probabilities.narrow(0, Array.IndexOf(from.Ids, id), 1).clone()));
            to.Objects.Find(id)!.Since = from.Objects.Find(id)!.Since;
        }

        from.Remove(id);
        return split;
    }

    /// <summary>
    /// Follows all objects of another segmenter of the same window, with their memory and masks on the last frame. The other one is
    /// reset.
    /// </summary>
    internal void Absorb(VideoSegmenter other)
    {
        WriteAll();
        other.WriteAll();
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var (video, theirs) = (Running(), other.Running());
        var maps = new SortedDictionary<byte, torch.Tensor>();
        for (var i = 0; i < video.Ids.Length; i++)
        {
            maps.Add(video.Ids[i], video.Probabilities[i]);
        }

        for (var i = 0; i < theirs.Ids.Length; i++)
        {
            maps.Add(theirs.Ids[i], theirs.Probabilities[i]);
        }

        foreach (var taken in theirs.Objects.All)
        {
            video.AddCopy(theirs, taken.Id);
            var added = video.Objects.Find(taken.Id)!;
            if (taken.Paused)
            {
                video.Pause(added, true);
            }
        }

        if (maps.Count > 0)
        {
            // Each mask was found without the others: together they have at most all of a pixel.
            var all = torch.stack(maps.Values);
            video.Show(new SoftMasks([.. maps.Keys], all.div_(all.sum(0, keepdim: true).clamp_min(Numbers.One))));
        }

        video.Keep(default(FrameFeatures));
        other.Reset();
    }

    // Ratio of scales up to which the last frame is not encoded again.
    private const double SameScale = 0.02;

    private Video Reshaped(Video video, FrameWindow window, PaddedSize size)
    {
        var moved = new Video(size, window.Width, window.Height, _options, _model.Layout) { Boxes = [] };
        try
        {
            var references = window.IsWhole == video.Window.IsWhole && !window.IsWhole ? null : References(
                video,
                window.IsWhole ? size : null);
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

    /// <summary>
    /// The given frames of each object, encoded as the whole frame or its part shows them; null in place of those of which there is no
    /// part.
    /// </summary>
    /// <param name="video">The video.</param>
    /// <param name="whole">The network size of the whole frame; null for the part.</param>
    private Dictionary<byte, List<KeysValues?>> References(Video video, PaddedSize? whole)
    {
        var all = video.Objects.All.ToDictionary(o => o.Id, _ => new List<KeysValues?>());
        foreach (var given in video.Given.All)
        {
            var encoded = whole is { } size ? ReferenceEncoder.Encode(_model, given, size)
                : given.Near is { } near ? ReferenceEncoder.Encode(_model, near, near.Size) : null;
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
            video.Memory.Update(
                Encode(video, newest.Features, masks, SoftMasks.All(newest.Masks.Maps)),
                due: false,
                written,
                Looks.Cells(masks));
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
