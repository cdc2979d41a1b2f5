using SwiftNet.Live.Capture;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>Frames to send through queues and stages.</summary>
internal static class TestFrames
{
    public static Frame Make(long number, int width = 4, int height = 2) => new()
    {
        Number = number,
        Name = $"{number:D5}",
        CapturedAt = TimeProvider.System.GetTimestamp(),
        CapturedTime = TimeProvider.System.GetLocalNow(),
        Width = width,
        Height = height,
        Pixels = PooledArray<byte>.Rent(width * height * 3),
    };

    public static bool IsDisposed(Frame frame)
    {
        try
        {
            return frame.Pixels.Array.Length < 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>The test pattern, unpaced.</summary>
    public static TestPatternSource Pattern(string text = "test:moving?frames=20") => new(new SourceAddress(text), TimeProvider.System);
}
