using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <content>Where the objects come from: the configuration, or the same camera before it started anew.</content>
internal sealed partial class SegmentStage
{
    private static byte[] Saved(Action<Stream> save)
    {
        using var file = new MemoryStream();
        save(file);
        return file.ToArray();
    }

    // The camera was there a moment ago, with another configuration.
    private void Resume(byte[] objects)
    {
        using var file = new MemoryStream(objects);
        if (_objects is not null)
        {
            if (objects.Length == 0)
            {
                _objects.Reset(revision: null);
            }
            else
            {
                _objects.Restore(file, revision: null);
            }
        }
        else
        {
            using var loaded = WindowedSegmenter.Load(_model!, settings.Memory, settings.Segment.Windows, file, out _);
            _segmenter!.Adopt(loaded);
            _prompts.GiveUp();

            // The first frame brings it to its size.
            Run.Network = new NetworkState(_model!.Device, _model.Choice, 0, 0)
            {
                MemoryPixels = _segmenter.MemoryPixels,
                MemoryCapacity = _segmenter.MemoryCapacity,
            };
        }
    }

    // Also of objects that are catching up: their ids are theirs.
    private IReadOnlyList<byte> Followed() => control is null ? _segmenter!.Objects : [.. control.Table.Current.Objects.Select(o => o.Id)];

    private void Start(Frame frame, IdMask mask)
    {
        var objects = mask.DistinctIds().Select(id => new ObjectConfidence(id, 1)).ToArray();
        if (_segmenter!.Started)
        {
            Join(frame, mask, objects);
            return;
        }

        var ids = FrameMask.Rent(mask.Ids.Length);
        mask.Ids.CopyTo(ids.Array, 0);
        using (network.Take())
        {
            _segmenter.ChangeBudget(1);
            _segmenter.Start(frame.Image, mask);
        }

        var whole = _segmenter.WholeFrame;
        Run.Network = new NetworkState(_model!.Device, _model.Choice, whole.NetworkWidth, whole.NetworkHeight)
        {
            MemoryPixels = _segmenter.MemoryPixels,
            MemoryCapacity = _segmenter.MemoryCapacity,
            Writes = 1,
            LastWrite = frame.Number,
            LastReason = WriteReason.First,
        };
        _camera = new FrameSize(frame.Width, frame.Height);
        _budget.Begin(frame.Width, frame.Height, objects.Length);
        if (_objects is { IsEmpty: false })
        {
            // One was given by a command and is still catching up.
            _objects.Join(frame, objects);
        }
        else
        {
            _objects?.Begin(frame, objects);
        }

        Finish(frame, ids, MaskRegion.Whole(frame.Width, frame.Height), objects, WriteReason.First);
    }

    // Others are followed already: these have a mask from the next frame on.
    private void Join(Frame frame, IdMask mask, ObjectConfidence[] objects)
    {
        _writes!.Finish();
        using var follower = new WindowedSegmenter(
            _model!,
            settings.Memory with { CapacityFrames = _segmenter!.CapacityFrames },
            settings.Segment.Windows);
        follower.ChangeBudget(_segmenter.BudgetScale);
        using (network.Take())
        {
            follower.Start(frame.Image, mask);
            _segmenter.Adopt(follower);
        }

        _objects?.Join(frame, objects);
        Run.Network = Run.Network! with
        {
            MemoryPixels = _segmenter.MemoryPixels,
            MemoryCapacity = _segmenter.MemoryCapacity,
            Writes = Run.Network.Writes + 1,
            LastWrite = frame.Number,
            LastReason = WriteReason.First,
        };
    }
}
