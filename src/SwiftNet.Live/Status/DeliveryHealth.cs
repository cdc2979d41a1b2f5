namespace SwiftNet.Live.Status;

/// <summary>Whether a camera's pipeline currently delivers frames.</summary>
/// <param name="frameRate">The source's frames per second.</param>
/// <param name="time">The clock.</param>
internal sealed class DeliveryHealth(Func<double> frameRate, TimeProvider time)
{
    private const double Frames = 3;
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(5);
    private long _written;
    private long _writtenAt;

    /// <summary>Whether a frame was delivered within the last five seconds, or within three frame intervals if that is longer.</summary>
    /// <param name="written">Number of frames delivered so far.</param>
    public bool IsAlive(long written)
    {
        if (written != _written)
        {
            (_written, _writtenAt) = (written, time.GetTimestamp());
        }

        var patience = Math.Max(s_least.TotalSeconds, Frames / frameRate());
        return _written > 0 && time.GetElapsedTime(_writtenAt).TotalSeconds < patience;
    }
}
