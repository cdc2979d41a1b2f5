using System.Threading.Channels;

namespace SwiftNet.Live.Pipeline;

/// <summary>The bounded way between two stages: one writer thread, one reader thread. The writer gives a frame away; the reader owns
/// it.</summary>
internal sealed class FrameQueue
{
    private readonly Channel<Frame> _channel;
    private readonly Action<Frame>? _drop;
    private readonly Func<ValueTask<bool>> _toWrite;
    private readonly Func<ValueTask<bool>> _toRead;
    private readonly ThreadGate _writer = new();
    private readonly ThreadGate _reader = new();
    private volatile bool _draining;

    private FrameQueue(BoundedChannelOptions options, Action<Frame>? drop)
    {
        options.SingleWriter = true;
        _drop = drop;
        _channel = Channel.CreateBounded(options, drop);
        _toWrite = () => _channel.Writer.WaitToWriteAsync();
        _toRead = () => _channel.Reader.WaitToReadAsync();
    }

    /// <summary>Frames inside.</summary>
    public int Count => _channel.Reader.Count;

    /// <summary>For files: a full queue makes its writer wait, and nothing is lost.</summary>
    public static FrameQueue Waiting(int capacity) => new(new BoundedChannelOptions(capacity), null);

    /// <summary>For cameras: holds the newest frame; the one it overtakes is disposed and counted under <paramref name="cause"/>.</summary>
    public static FrameQueue NewestWins(Ledger ledger, DropCause cause) =>
        new(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }, frame =>
        {
            ledger.Dropped(cause);
            frame.Dispose();
        });

    /// <summary>Gives a frame to the reader; waits while a waiting queue is full.</summary>
    public void Put(Frame frame)
    {
        // Nothing newer follows a frame that is put while draining, so it overtakes none either.
        while (_drop is not null && _draining && Count > 0)
        {
            Thread.Sleep(1);
        }

        // The first frame carries the objects' first mask: nothing overtakes it, and what comes while it waits is dropped in its place.
        if (_drop is not null && _channel.Reader.TryPeek(out var waiting) && waiting.Number == 0)
        {
            _drop(frame);
            return;
        }

        while (!_channel.Writer.TryWrite(frame))
        {
            if (_writer.Wait(_toWrite) == false)
            {
                throw new InvalidOperationException("The queue is complete; its writer has said so and writes nevertheless.");
            }
        }
    }

    /// <summary>Waits for the next frame; null when the writer is through and the queue is empty. <see cref="Knock"/> does not end this
    /// wait.</summary>
    public Frame? Take()
    {
        Frame? frame;
        while (Take(out frame) && frame is null)
        {
        }

        return frame;
    }

    /// <summary>Waits for the next frame, or until <see cref="Knock"/> is called: then there is no frame. False when the writer is through
    /// and the queue is empty.</summary>
    public bool Take(out Frame? frame)
    {
        while (!_channel.Reader.TryRead(out frame))
        {
            if (_reader.Wait(_toRead) is not true and var other)
            {
                return other is null;
            }
        }

        return true;
    }

    /// <summary>Lets the reader come back from its waiting once, though there is no frame. Any thread may call it.</summary>
    public void Knock() => _reader.Knock();

    /// <summary>Capture has stopped: from now on even a newest-wins queue waits, so that every frame on its way is finished.</summary>
    public void Drain() => _draining = true;

    /// <summary>The writer is through.</summary>
    public void Complete() => _channel.Writer.Complete();
}
