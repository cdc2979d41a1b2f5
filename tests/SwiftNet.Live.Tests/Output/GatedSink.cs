using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Output;

/// <summary>A sink that hangs on every frame until it is let go, and keeps each picture's number and first byte.</summary>
internal sealed class GatedSink : IFrameSink
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(long Number, byte Pixel)> Taken { get; } = [];

    public bool Completed { get; private set; }

    /// <summary>Done when the first frame has come.</summary>
    public Task Entered => _entered.Task;

    public Exception? Failure { get; set; }

    public string Name => "gated";

    public void Open() => _gate.TrySetResult();

    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        _entered.TrySetResult();
        await _gate.Task;
        if (Failure is { } failure)
        {
            throw failure;
        }

        Assert.Equal(frame.Pixels.Array[0], overlay.Span[0]);
        Taken.Add((frame.Number, overlay.Span[0]));
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        Completed = true;
        return ValueTask.CompletedTask;
    }

    // As an encoder does whose child is killed.
    public ValueTask DisposeAsync()
    {
        Open();
        return ValueTask.CompletedTask;
    }
}
