using System.Threading.Channels;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>A bounded queue of messages for a network connection; when full, the oldest are dropped and counted. One producer thread, one
/// consumer.</summary>
internal sealed class Outbox<T>(SinkCounters counters)
    where T : class
{
    private const int Capacity = 256;

    private readonly Channel<T> _channel = Channel.CreateBounded<T>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
        _ => counters.Overtaken());

    private Task<bool>? _waiting;
    private T? _first;

    /// <summary>Adds a message; never waits.</summary>
    public void Put(T message)
    {
        if (!_channel.Writer.TryWrite(message))
        {
            counters.Overtaken();
        }
    }

    /// <summary>Marks the queue as complete.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>The message to send; it stays first until <see cref="Sent"/>. Null = none.</summary>
    public T? Peek()
    {
        if (_first is null && _channel.Reader.TryRead(out var next))
        {
            _first = next;
        }

        return _first;
    }

    /// <summary>Removes the first message.</summary>
    public void Sent() => _first = null;

    /// <summary>Completes when a message may be available: true, or false if no more will come. The same task while waiting.</summary>
    public Task<bool> WaitAsync()
    {
        if (_waiting is null || _waiting.IsCompleted)
        {
            _waiting = _channel.Reader.WaitToReadAsync().AsTask();
        }

        return _waiting;
    }

    /// <summary>At the end: counts unsent messages as dropped, and returns their number.</summary>
    public int Abandon()
    {
        var count = 0;
        for (; Peek() is not null; count++)
        {
            Sent();
            counters.Overtaken();
        }

        return count;
    }
}
