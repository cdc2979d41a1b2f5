using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace SwiftNet.Live.Control;

/// <summary>What has happened to a camera's objects.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="Revision">The list's revision afterwards.</param>
/// <param name="Change">added, changed, removed or state; objects for the whole list.</param>
/// <param name="Object">The object; null for the whole list.</param>
/// <param name="Objects">The whole list; null for one object.</param>
/// <param name="Time">When.</param>
internal sealed record ObjectNews(
    string Camera,
    long Revision,
    string Change,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FollowedObject? Object,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FollowedObject>? Objects,
    DateTimeOffset Time);

/// <summary>Hands news of all cameras to whoever listens. Telling never waits: who does not listen fast enough is sent away, and hears the whole list when coming back.</summary>
internal sealed class NewsFeed
{
    private const int Waiting = 256;
    private readonly Lock _changing = new();
    private volatile Channel<ObjectNews>[] _listeners = [];

    /// <summary>Tells everybody.</summary>
    public void Tell(ObjectNews news)
    {
        foreach (var listener in _listeners)
        {
            if (!listener.Writer.TryWrite(news))
            {
                listener.Writer.TryComplete();
            }
        }
    }

    /// <summary>Listens from now on; to be ended by <see cref="Leave"/>.</summary>
    public Channel<ObjectNews> Listen()
    {
        var listener = Channel.CreateBounded<ObjectNews>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        lock (_changing)
        {
            _listeners = [.. _listeners, listener];
        }

        return listener;
    }

    /// <summary>Listens no more.</summary>
    public void Leave(Channel<ObjectNews> listener)
    {
        lock (_changing)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
        }
    }
}
