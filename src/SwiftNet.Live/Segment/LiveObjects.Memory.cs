using SwiftNet.Live.Control;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <content>The object set with its memory, as a file.</content>
internal sealed partial class LiveObjects
{
    /// <summary>Writes all objects with what memory holds of them.</summary>
    /// <exception cref="ControlRefusedException">There is none, or one is still catching up.</exception>
    public void Save(Stream to)
    {
        if (_catchUps is [var first, ..])
        {
            throw new ControlRefusedException(Refusal.Conflict, $"Object {first.Id} is still catching up. Try again in a moment.");
        }

        if (segmenter.Objects.Count == 0)
        {
            throw new ControlRefusedException(Refusal.Conflict, "No object is followed, so there is no memory to save.");
        }

        using var turn = network.Take();
        segmenter.Save(to, ObjectFile.Describe(Table.Current.Objects));
    }

    /// <summary>
    /// Copies all objects with what memory holds of them, for a file that is written while they are followed on. A new object that is still
    /// catching up is left out, and a corrected one is as before its correction. Null where none is followed.
    /// </summary>
    public VideoSnapshot? Capture()
    {
        if (segmenter.Objects.Count == 0)
        {
            return null;
        }

        using var turn = network.Take();
        return segmenter.Capture(ObjectFile.Describe(Table.Current.Objects));
    }

    /// <summary>Follows the objects of a file, in place of all there are.</summary>
    /// <exception cref="ControlRefusedException">The file is of no use, holds too many, or the list has changed.</exception>
    public ObjectList Restore(Stream from, long? revision)
    {
        Table.Expect(revision);
        using var turn = network.Take();
        using var loaded = Load(from, out var kept);
        if (loaded.Objects.Count > settings.Budget.MaxObjects)
        {
            throw new ControlRefusedException(
                Refusal.Conflict,
                $"The file holds {loaded.Objects.Count} objects, and Budget:MaxObjects allows {settings.Budget.MaxObjects}.");
        }

        // Before the first frame there is no size to fit; that frame sees to it.
        if (_picture != default)
        {
            loaded.Resize(_picture.Width, _picture.Height);
            loaded.ChangeBudget(_scale);
        }

        Forget();
        segmenter.Adopt(loaded);
        Begun = true;
        FollowedObject[] objects = [.. segmenter.Objects.Select(id => Restored(id, kept))];
        foreach (var paused in objects.Where(o => o.State == ObjectCondition.Paused))
        {
            segmenter.Pause(paused.Id, true);
        }

        var whole = segmenter.WholeFrame;
        run.Network = new NetworkState(model.Device, model.Choice, whole.NetworkWidth, whole.NetworkHeight)
        {
            MemoryPixels = segmenter.MemoryPixels,
            MemoryCapacity = segmenter.MemoryCapacity,
            Writes = run.Network?.Writes ?? 0,
        };
        Table.Replace(objects);
        Log.Restored(logger, objects.Length);
        return Table.Current;
    }

    private WindowedSegmenter Load(Stream from, out IReadOnlyList<NamedObject> kept)
    {
        try
        {
            var loaded = WindowedSegmenter.Load(
                model, settings.Memory with { CapacityFrames = segmenter.CapacityFrames }, settings.Segment.Windows, from,
                out var metadata);
            kept = ObjectFile.Read(metadata);
            return loaded;
        }
        catch (SnapshotException e)
        {
            throw new ControlRefusedException(Refusal.Unusable, e.Message, e);
        }
    }

    private FollowedObject Restored(byte id, IReadOnlyList<NamedObject> kept)
    {
        var known = kept.FirstOrDefault(o => o.Id == id);
        return Table.Begin(
            id,
            known?.Name,
            known?.Colour,
            known?.Paused == true ? ObjectCondition.Paused : ObjectCondition.Tracking,
            known?.AddedFrame ?? 0);
    }
}
