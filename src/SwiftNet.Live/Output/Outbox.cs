using System.Threading.Channels;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Messages on their way to a network: bounded, the oldest making room for newer ones and counted. One thread puts in, one worker takes out.</summary>
internal sealed class Outbox<T>(SinkTally tally)
    where T : class
{
    private const int Capacity = 256;

    private readonly Channel<T> _channel = Channel.CreateBounded<T>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true }, _ => tally.Overtaken());

    private Task<bool>? _waiting;
    private T? _first;

    /// <summary>Adds a message; never waits.</summary>
    public void Put(T message)
    {
        if (!_channel.Writer.TryWrite(message))
        {
            tally.Overtaken();
        }
    }

    /// <summary>No more will come.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>The message to send now; it stays the first until <see cref="Sent"/>. Null while there is none.</summary>
    public T? Peek()
    {
        if (_first is null && _channel.Reader.TryRead(out var next))
        {
            _first = next;
        }

        return _first;
    }

    /// <summary>The first message is done with.</summary>
    public void Sent() => _first = null;

    /// <summary>Completes when there may be a message: with true, or with false when there will be none. The same task as long as it waits.</summary>
    public Task<bool> WaitAsync()
    {
        if (_waiting is null || _waiting.IsCompleted)
        {
            _waiting = _channel.Reader.WaitToReadAsync().AsTask();
        }

        return _waiting;
    }

    /// <summary>At the end: counts what was never sent, and returns how many that were.</summary>
    public int Abandon()
    {
        var count = 0;
        for (; Peek() is not null; count++)
        {
            Sent();
            tally.Overtaken();
        }

        return count;
    }
}
