using System.Text.Json.Serialization;
using System.Threading.Channels;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Control;

/// <summary>A change of a camera's objects, or an event of an object at a zone or line.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="Revision">Revision of the object list after the change.</param>
/// <param name="Change">added, changed, removed or state; objects for the whole list; at a zone or line entered, left,
/// dwelled, covered, uncovered or crossed.</param>
/// <param name="Object">The changed object; null = the whole list.</param>
/// <param name="Objects">The whole list; null = one object.</param>
/// <param name="Time">The time of the change.</param>
internal sealed record ObjectChangeEvent(
    string Camera,
    long Revision,
    string Change,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FollowedObject? Object,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FollowedObject>? Objects,
    DateTimeOffset Time)
{
    /// <summary>What happened at a zone or line; null = a change of the objects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ZoneNews? Zone { get; init; }

    /// <summary>The change that an event at a zone or line is.</summary>
    public static ObjectChangeEvent Of(string camera, long revision, in ZoneEvent happened, DateTimeOffset time) =>
        new(camera, revision, happened.IsCrossing ? "crossed" : ZoneEvent.Word(happened.Change), null, null, time)
        {
            Zone = ZoneNews.Of(happened),
        };
}

/// <summary>Broadcasts object changes of all cameras. Publishing never waits: a subscriber that is too slow is disconnected, and gets the
/// whole list when it subscribes again.</summary>
internal sealed class ObjectEventBroadcaster
{
    private const int Waiting = 256;
    private readonly Lock _changing = new();
    private volatile Channel<ObjectChangeEvent>[] _listeners = [];

    /// <summary>Publishes a change to all subscribers.</summary>
    public void Publish(ObjectChangeEvent change)
    {
        foreach (var listener in _listeners)
        {
            if (!listener.Writer.TryWrite(change))
            {
                listener.Writer.TryComplete();
            }
        }
    }

    /// <summary>Subscribes to changes from now on; end with <see cref="Unsubscribe"/>.</summary>
    public Channel<ObjectChangeEvent> Subscribe()
    {
        var listener = Channel.CreateBounded<ObjectChangeEvent>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        lock (_changing)
        {
            _listeners = [.. _listeners, listener];
        }

        return listener;
    }

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(Channel<ObjectChangeEvent> listener)
    {
        lock (_changing)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
        }
    }
}
