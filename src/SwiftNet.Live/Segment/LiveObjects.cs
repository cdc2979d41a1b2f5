using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Segment;

/// <summary>
/// What commands do to a camera's objects while it streams. Lives on the segment thread, between two frames: an object that is given or
/// corrected is followed by itself from its frame to the newest, a step at a time, and then taken over. What memory holds of the others
/// stays as it is.
/// </summary>
/// <param name="model">The network.</param>
/// <param name="segmenter">The camera's; it stays the stage's.</param>
/// <param name="network">Whose turn it is on the device.</param>
/// <param name="settings">The camera's configuration.</param>
/// <param name="control">The camera's control, which holds commands and object list.</param>
/// <param name="run">What the stages share.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log of changes to the objects.</param>
internal sealed partial class LiveObjects(
    SwiftNetModel model,
    WindowedSegmenter segmenter,
    SharedNetwork network,
    Settings settings,
    CameraControl control,
    PipelineRun run,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly List<CatchUp> _catchUps = [];
    private FrameSize _picture;
    private double _scale = 1;

    /// <summary>Whether objects have ever been given: without any, each frame then says so.</summary>
    public bool Begun { get; private set; }

    /// <summary>Whether the whole list, or an object of it, was taken away or replaced by a command: what the configuration still asks for
    /// is then looked for no more.</summary>
    public bool Replaced { get; private set; }

    /// <summary>Whether there is no object, not even one that is catching up.</summary>
    public bool IsEmpty => Table.Current.Objects.Count == 0;

    /// <summary>Whether an object is still catching up.</summary>
    public bool IsCatchingUp => _catchUps.Count > 0;

    private ObjectTable Table => control.Table;

    /// <summary>The objects of the configuration were given on this frame.</summary>
    public void Begin(Frame frame, IReadOnlyList<ObjectConfidence> objects)
    {
        Begun = true;
        Table.Replace([.. objects.Select(o => Table.Begin(o.Id, null, null, ObjectCondition.Tracking, frame.Number))]);
    }

    /// <summary>Further objects of the configuration were found on this frame.</summary>
    public void Join(Frame frame, IReadOnlyList<ObjectConfidence> objects)
    {
        foreach (var (id, _) in objects)
        {
            Table.Add(Table.Begin(id, null, null, ObjectCondition.Tracking, frame.Number));
        }
    }

    /// <summary>A frame comes: objects that are catching up follow it where its size is another.</summary>
    public void Fit(Frame frame)
    {
        var (picture, scale) = (new FrameSize(frame.Width, frame.Height), run.Budget.Scale);
        if (picture != _picture || scale != _scale)
        {
            (_picture, _scale) = (picture, scale);
            foreach (var catchUp in _catchUps)
            {
                using var turn = network.Take();
                catchUp.Follower.Resize(picture.Width, picture.Height);
                catchUp.Follower.ChangeBudget(scale);
            }
        }
    }

    /// <summary>Takes an object in: it is found by its mask on a kept frame, and catches up from there.</summary>
    /// <exception cref="ControlRefusedException">There are too many, the frames have another size by now, or the list has
    /// changed.</exception>
    public Changed Add(KeptFrame frame, byte[] pixels, string? name, string? colour, long? revision)
    {
        Table.Expect(revision);
        Require(frame);
        var id = Table.FreeId(settings.Budget.MaxObjects);
        var follower = new WindowedSegmenter(
            model, settings.Memory with { CapacityFrames = segmenter.CapacityFrames }, settings.Segment.Windows);
        follower.ChangeBudget(_scale);
        Give(frame, pixels, id, follower.Start);
        Begun = true;
        _catchUps.Add(new CatchUp(id, follower, frame.Number, time.GetTimestamp()));
        var added = Table.Begin(id, name, colour, ObjectCondition.CatchingUp, frame.Number);
        Table.Add(added);
        Log.Added(logger, id, added.Name, frame.Number);
        return Told(added);
    }

    /// <summary>Puts an object right: its mask on a kept frame is a trusted reference, from which it catches up again.</summary>
    /// <exception cref="ControlRefusedException">There is no such object, it is paused, the frames have another size by now, or the list
    /// has changed.</exception>
    public Changed Correct(byte id, KeptFrame frame, byte[] pixels, long? revision)
    {
        Table.Expect(revision);
        Require(frame);
        var before = Table.Get(id);
        if (before.State == ObjectCondition.Paused)
        {
            throw new ControlRefusedException(Refusal.Conflict, $"Object {id} is paused. Let it go on first.");
        }

        if (_catchUps.Find(c => c.Id == id) is { } underWay)
        {
            Give(frame, pixels, id, underWay.Follower.Reference);
            underWay.Restart(frame.Number);
        }
        else
        {
            var follower = segmenter.Fork(id);
            try
            {
                Give(frame, pixels, id, follower.Reference);
            }
            catch
            {
                follower.Dispose();
                throw;
            }

            _catchUps.Add(new CatchUp(id, follower, frame.Number, time.GetTimestamp()));
        }

        var corrected = before with { State = ObjectCondition.CatchingUp, Since = time.GetUtcNow() };
        Table.Change(corrected);
        Log.Corrected(logger, id, frame.Number);
        return Told(corrected);
    }

    /// <summary>Renames, recolours, pauses or lets go on.</summary>
    /// <exception cref="ControlRefusedException">There is no such object, it is catching up, or the list has changed.</exception>
    public Changed Change(byte id, string? name, string? colour, bool? paused, long? revision)
    {
        Table.Expect(revision);
        var before = Table.Get(id);
        var changed = before with { Name = name ?? before.Name, Colour = colour ?? before.Colour };
        if (paused is { } pause && pause != (before.State == ObjectCondition.Paused))
        {
            if (before.State == ObjectCondition.CatchingUp)
            {
                throw new ControlRefusedException(Refusal.Conflict, $"Object {id} is still catching up. Try again in a moment.");
            }

            segmenter.Pause(id, pause);
            changed = changed with
            {
                State = pause ? ObjectCondition.Paused : ObjectCondition.Tracking,
                Since = time.GetUtcNow(),
                Confidence = 0,
                Area = 0,
                Box = null,
                Refused = null,
            };
        }

        if (changed == before)
        {
            return Told(before);
        }

        Table.Change(changed);
        return Told(changed);
    }

    /// <summary>Follows an object no longer.</summary>
    /// <exception cref="ControlRefusedException">There is no such object, or the list has changed.</exception>
    public long Remove(byte id, long? revision)
    {
        Table.Expect(revision);
        var removed = Table.Get(id);
        if (_catchUps.Find(c => c.Id == id) is { } catchUp)
        {
            _catchUps.Remove(catchUp);
            catchUp.Dispose();
        }

        if (segmenter.Objects.Contains(id))
        {
            using var turn = network.Take();
            segmenter.Remove(id);
            if (segmenter.Objects.Count == 0)
            {
                segmenter.Reset();
            }
        }

        Replaced = true;
        Table.Remove(removed);
        Log.Removed(logger, id, removed.Name);
        return Table.Current.Revision;
    }

    /// <summary>Follows nothing any more.</summary>
    /// <exception cref="ControlRefusedException">The list has changed.</exception>
    public long Reset(long? revision)
    {
        Table.Expect(revision);
        Forget();
        Begun = true;
        Table.Replace([]);
        Log.Reset(logger);
        return Table.Current.Revision;
    }

    /// <summary>Takes the next step of the object that waits longest; true while there is more to do.</summary>
    public bool Advance()
    {
        if (_catchUps is not [var first, ..])
        {
            return false;
        }

        using (var frame = first.Next(control.Frames))
        {
            if (frame is not null)
            {
                Step(first.Follower, frame);
            }
        }

        if (control.Frames.CountAfter(first.At) == 0)
        {
            TakeOver(first);
        }

        return _catchUps.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _catchUps.ForEach(c => c.Dispose());
        _catchUps.Clear();
    }

    private Changed Told(FollowedObject subject) => new(subject, Table.Current.Revision);

    private void Forget()
    {
        _catchUps.ForEach(c => c.Dispose());
        _catchUps.Clear();
        segmenter.Reset();
        Replaced = true;
    }

    private void Require(KeptFrame frame)
    {
        if (frame.Width != _picture.Width || frame.Height != _picture.Height)
        {
            throw new ControlRefusedException(
                Refusal.Gone,
                $"Frame {frame.Number} is {frame.Width}x{frame.Height}, and the camera gives {_picture} by now. Point at a newer one.");
        }
    }

    private void Give(KeptFrame frame, byte[] pixels, byte id, GivenMask give)
    {
        var ids = Array.ConvertAll(pixels, pixel => pixel == 0 ? (byte)0 : id);
        using var turn = network.Take();
        give(frame.Image, new IdMask(frame.Width, frame.Height, ids));
    }

    private void Step(WindowedSegmenter follower, KeptFrame frame)
    {
        using var turn = network.Take();
        follower.Step(frame.Image);
        follower.Write();
    }

    private void TakeOver(CatchUp done)
    {
        _catchUps.Remove(done);
        using (done)
        {
            using var turn = network.Take();
            if (done.Follower.CapacityFrames != segmenter.CapacityFrames)
            {
                done.Follower.ChangeCapacity(segmenter.CapacityFrames);
            }

            segmenter.Adopt(done.Follower);
        }

        TellNetwork(done.From);
        Table.Tell(Table.Get(done.Id) with { State = ObjectCondition.Tracking, Since = time.GetUtcNow() });
        Log.CaughtUp(logger, done.Id, done.From, done.At, done.Steps, time.GetElapsedTime(done.StartedAt).TotalMilliseconds);
    }

    private void TellNetwork(long frame)
    {
        var whole = segmenter.WholeFrame;
        var facts = run.Network ?? new NetworkState(model.Device, model.Choice, whole.NetworkWidth, whole.NetworkHeight);
        run.Network = facts with
        {
            MemoryPixels = segmenter.MemoryPixels,
            MemoryCapacity = segmenter.MemoryCapacity,
            Writes = facts.Writes + 1,
            LastWrite = frame,
            LastReason = WriteReason.First,
        };
    }

    private delegate void GivenMask(FrameImage frame, IdMask mask);

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Information, "Object {Id}, {Name}, was added on frame {Frame}")]
        public static partial void Added(ILogger logger, byte id, string name, long frame);

        [LoggerMessage(11, LogLevel.Information, "Object {Id} was corrected on frame {Frame}")]
        public static partial void Corrected(ILogger logger, byte id, long frame);

        [LoggerMessage(
            12, LogLevel.Information, "Object {Id} has caught up from frame {From} to {To} in {Steps} steps and {Milliseconds:0} ms")]
        public static partial void CaughtUp(ILogger logger, byte id, long from, long to, int steps, double milliseconds);

        [LoggerMessage(13, LogLevel.Information, "Object {Id}, {Name}, is no longer tracked")]
        public static partial void Removed(ILogger logger, byte id, string name);

        [LoggerMessage(15, LogLevel.Information, "Objects restored and followed on: {Count}")]
        public static partial void Restored(ILogger logger, int count);

        [LoggerMessage(14, LogLevel.Information, "No object is tracked any more")]
        public static partial void Reset(ILogger logger);
    }
}
