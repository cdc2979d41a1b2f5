using SwiftNet.Live.Capture;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A sink that reads each frame's number back from its pixels, at a given speed, and fails at a given frame.</summary>
internal sealed class NumberSink(TimeSpan delay = default, Func<long, Exception?>? failure = null) : IFrameSink
{
    public List<long> Numbers { get; } = [];

    public bool Completed { get; private set; }

    public string Name => "numbers";

    public async ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        await Task.Delay(delay, cancellation);
        if (failure?.Invoke(frame.Number) is { } e)
        {
            throw e;
        }

        var number = FrameNumberCode.Read(frame.Pixels.Array, frame.Width, frame.Height);
        Assert.Equal(frame.Number, number);
        Numbers.Add(number!.Value);
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        Completed = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
