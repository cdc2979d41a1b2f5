using System.Threading.Channels;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Prompts;

/// <summary>
/// Finds the masks of prompts, one after another, on one long-lived thread: each thread that uses the network keeps threads of its own, and
/// two prompts at a time would only slow the cameras down. It takes turns on the network like any camera.
/// </summary>
internal sealed class PromptQueue(SharedNetwork network) : IDisposable
{
    /// <summary>Prompts that wait; more wait outside.</summary>
    private const int Room = 16;

    private readonly Channel<Asked> _asked = Channel.CreateBounded<Asked>(new BoundedChannelOptions(Room) { SingleReader = true });
    private readonly Lock _starting = new();
    private Thread? _thread;

    /// <summary>Finds the mask of one object. The frame must stay as it is until the task has ended, also when it is cancelled.</summary>
    /// <param name="bgr">The frame: BGR, 8 bit, interleaved, rows without padding.</param>
    /// <param name="width">Its columns, in pixels.</param>
    /// <param name="height">Its rows, in pixels.</param>
    /// <param name="prompt">The user's prompt.</param>
    /// <param name="cancellation">Ends the wait; a prompt whose turn has come is finished.</param>
    /// <exception cref="PromptException">The prompt gives no mask; the message says why in one line.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn, or the service stops.</exception>
    public async Task<FoundMask> FindAsync(byte[] bgr, int width, int height, Prompt prompt, CancellationToken cancellation)
    {
        Start();
        var asked = new Asked(bgr, width, height, prompt, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellation);
        try
        {
            await _asked.Writer.WriteAsync(asked, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new OperationCanceledException("The service stops.", e);
        }

        return await asked.Answer.Task;
    }

    /// <summary>Finishes the prompts that have come, and takes no more.</summary>
    public void Dispose()
    {
        _asked.Writer.TryComplete();
        lock (_starting)
        {
            _thread?.Join();
        }
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_thread is null)
            {
                _thread = new Thread(Serve) { Name = "prompts", IsBackground = true };
                _thread.Start();
            }
        }
    }

    private void Serve()
    {
        var masks = new PromptMask(network);
        while (_asked.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_asked.Reader.TryRead(out var asked))
            {
                Answer(masks, asked);
            }
        }
    }

    private void Answer(PromptMask masks, Asked asked)
    {
        if (asked.Cancellation.IsCancellationRequested)
        {
            asked.Answer.TrySetCanceled(asked.Cancellation);
            return;
        }

        try
        {
            asked.Answer.TrySetResult(masks.Find(asked.Bgr, asked.Width, asked.Height, asked.Prompt));
        }
        catch (Exception e)
        {
            asked.Answer.TrySetException(e);
        }
    }

    private sealed record Asked(
        byte[] Bgr, int Width, int Height, Prompt Prompt, TaskCompletionSource<FoundMask> Answer, CancellationToken Cancellation);
}
