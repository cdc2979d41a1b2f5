namespace SwiftNet.Live.Web;

/// <summary>Whether frames come out of a camera's pipeline now.</summary>
/// <param name="frameRate">Frames a second of its source.</param>
/// <param name="time">The clock.</param>
internal sealed class Delivery(Func<double> frameRate, TimeProvider time)
{
    private const double Frames = 3;
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(5);
    private long _written;
    private long _writtenAt;

    /// <summary>True when a frame was written within the last five seconds, or three frames' time where that is longer.</summary>
    /// <param name="written">Frames written until now.</param>
    public bool Goes(long written)
    {
        if (written != _written)
        {
            (_written, _writtenAt) = (written, time.GetTimestamp());
        }

        var patience = Math.Max(s_least.TotalSeconds, Frames / frameRate());
        return _written > 0 && time.GetElapsedTime(_writtenAt).TotalSeconds < patience;
    }
}
