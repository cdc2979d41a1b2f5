namespace SwiftNet.Network;

/// <summary>The objects that a video follows, in order of id.</summary>
internal sealed class FollowedObjects
{
    private readonly List<FollowedObject> _objects = [];

    /// <summary>All of them, those that are paused too.</summary>
    public IReadOnlyList<FollowedObject> All => _objects;

    /// <summary>Ids of those that the next step segments, in order. Never changed: other objects make another array.</summary>
    public byte[] Active { get; private set; } = [];

    /// <summary>The object of that id, or null.</summary>
    public FollowedObject? Find(byte id)
    {
        foreach (var followed in _objects)
        {
            if (followed.Id == id)
            {
                return followed;
            }
        }

        return null;
    }

    /// <summary>Follows a further object.</summary>
    public void Add(FollowedObject added)
    {
        var at = _objects.FindIndex(o => o.Id > added.Id);
        _objects.Insert(at < 0 ? _objects.Count : at, added);
        CountActive();
    }

    /// <summary>Follows an object no longer.</summary>
    public void Remove(byte id)
    {
        _objects.RemoveAll(o => o.Id == id);
        CountActive();
    }

    /// <summary>Leaves an object alone from the next step on, or no longer.</summary>
    public void Pause(FollowedObject paused, bool isPaused)
    {
        paused.Paused = isPaused;
        CountActive();
    }

    /// <summary>Which objects a frame is written for: those that are active and were given before it.</summary>
    public byte[] WrittenOn(UnwrittenFrame frame)
    {
        foreach (var id in frame.Masks.Ids)
        {
            if (!IsWritten(id, frame.Frame))
            {
                return Array.FindAll(frame.Masks.Ids, other => IsWritten(other, frame.Frame));
            }
        }

        return frame.Masks.Ids;
    }

    private bool IsWritten(byte id, long frame) => Find(id) is { Paused: false } found && found.Since < frame;

    private void CountActive() => Active = [.. _objects.FindAll(o => !o.Paused).ConvertAll(o => o.Id)];
}
