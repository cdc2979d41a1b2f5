using SwiftNet.Imaging.Palettes;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Control;

/// <summary>The objects of one camera with their names, colours and states. The segment thread changes it; any thread reads
/// <see cref="Current"/>.</summary>
/// <param name="camera">The camera's name.</param>
/// <param name="objectEvents">Receives changes of objects.</param>
/// <param name="time">The clock.</param>
internal sealed class ObjectTable(string camera, ObjectEventBroadcaster objectEvents, TimeProvider time)
{
    // The revision at which each id was in the list last; 0 for never.
    private readonly long[] _lastUsed = new long[256];
    private volatile ObjectList _current = new(0, []);

    /// <summary>The list as it is now.</summary>
    public ObjectList Current => _current;

    /// <summary>The names and colours that differ from those an id has by itself.</summary>
    public ObjectStyles Looks { get; private set; } = ObjectStyles.None;

    /// <summary>The name that an object has by itself.</summary>
    public static string NameOf(byte id) => $"object {id}";

    /// <summary>The colour that an object has by itself.</summary>
    public static string ColourOf(byte id) => OverlayColours.Text(OverlayColours.Of(id));

    /// <summary>Refuses a command that was made for another revision.</summary>
    /// <exception cref="ControlRefusedException">The list has changed since.</exception>
    public void Expect(long? revision)
    {
        if (revision is { } expected && expected != _current.Revision)
        {
            throw new ControlRefusedException(
                Refusal.Changed,
                $"The objects have changed since revision {expected}: it is {_current.Revision} now. Read them again and decide anew.");
        }
    }

    /// <summary>The object of this id.</summary>
    /// <exception cref="ControlRefusedException">There is none.</exception>
    public FollowedObject Get(byte id) =>
        Find(id) ?? throw new ControlRefusedException(Refusal.Unknown, $"Camera {camera} follows no object {id}.");

    /// <summary>The object of this id, or null.</summary>
    public FollowedObject? Find(byte id)
    {
        var objects = _current.Objects;
        for (var i = 0; i < objects.Count; i++)
        {
            if (objects[i].Id == id)
            {
                return objects[i];
            }
        }

        return null;
    }

    /// <summary>The lowest id that no object has had yet; once all 255 have been used, the one that has been free for the longest
    /// time.</summary>
    /// <param name="most">Objects that there may be, at most 255.</param>
    /// <exception cref="ControlRefusedException">There are that many.</exception>
    public byte FreeId(int most)
    {
        if (_current.Objects.Count >= most)
        {
            throw new ControlRefusedException(
                Refusal.Conflict,
                $"Camera {camera} follows {_current.Objects.Count} objects, and Budget:MaxObjects allows {most}. Remove one first.");
        }

        var id = 1;
        for (var other = 1; other < _lastUsed.Length; other++)
        {
            if (Find((byte)id) is not null || (Find((byte)other) is null && _lastUsed[other] < _lastUsed[id]))
            {
                id = other;
            }
        }

        return (byte)id;
    }

    /// <summary>An object as it begins.</summary>
    public FollowedObject Begin(byte id, string? name, string? colour, ObjectCondition state, long frame) =>
        new(id, name ?? NameOf(id), colour ?? ColourOf(id), state, time.GetUtcNow(), 1, 0, null, null, frame);

    /// <summary>Takes an object in.</summary>
    public void Add(FollowedObject added) =>
        Publish(_current.Revision + 1, [.. _current.Objects.Append(added).OrderBy(o => o.Id)], "added", added);

    /// <summary>A command has changed an object.</summary>
    public void Change(FollowedObject changed) => Publish(_current.Revision + 1, With(changed), "changed", changed);

    /// <summary>An object is followed no more.</summary>
    public void Remove(FollowedObject removed) =>
        Publish(_current.Revision + 1, [.. _current.Objects.Where(o => o.Id != removed.Id)], "removed", removed);

    /// <summary>Other objects in place of all there are.</summary>
    public void Replace(IReadOnlyList<FollowedObject> objects) => Publish(_current.Revision + 1, objects, "objects", null);

    /// <summary>An object stands otherwise than before.</summary>
    public void Tell(FollowedObject stands) => Publish(_current.Revision, With(stands), "state", stands);

    /// <summary>Newer figures of all objects, whose states are unchanged: no event is published.</summary>
    public void Refresh(IReadOnlyList<FollowedObject> objects) => _current = _current with { Objects = objects };

    private FollowedObject[] With(FollowedObject changed) => [.. _current.Objects.Select(o => o.Id == changed.Id ? changed : o)];

    private void Publish(long revision, IReadOnlyList<FollowedObject> objects, string change, FollowedObject? subject)
    {
        _current = new ObjectList(revision, objects);
        foreach (var present in objects)
        {
            _lastUsed[present.Id] = revision;
        }

        if (change != "state")
        {
            Looks = LooksOf(objects);
        }

        objectEvents.Publish(new ObjectChangeEvent(camera, revision, change, subject, subject is null ? objects : null, time.GetUtcNow()));
    }

    private static ObjectStyles LooksOf(IReadOnlyList<FollowedObject> objects) => new(objects.Select(o => (
        o.Id,
        o.Name == NameOf(o.Id) ? null : o.Name,
        o.Colour == ColourOf(o.Id) ? null : OverlayColours.Parse(o.Colour))));
}
