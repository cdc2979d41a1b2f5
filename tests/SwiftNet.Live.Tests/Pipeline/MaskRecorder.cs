using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Pipeline;

/// <summary>A sink that keeps what came with each mask.</summary>
internal sealed class MaskRecorder : IFrameSink
{
    public List<WriteReason> Reasons { get; } = [];

    public List<TimeSpan> Ages { get; } = [];

    public List<bool> Cells { get; } = [];

    public string Name => "masks";

    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        var mask = frame.Mask!;
        Assert.Equal((frame.Width, frame.Height), (mask.Region.FrameWidth, mask.Region.FrameHeight));
        Assert.Equal(1, Assert.Single(mask.Objects).Id);
        Assert.Null(frame.Planes);
        Reasons.Add(mask.Write);
        Ages.Add(mask.Age);
        Cells.Add(mask.Written is [{ Write.Pixels: not null }, ..]);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
