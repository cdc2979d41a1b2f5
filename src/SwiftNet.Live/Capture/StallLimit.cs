using SwiftNet.Live.Options;

namespace SwiftNet.Live.Capture;

/// <summary>Time limit for the next picture of a connection.</summary>
/// <param name="options">OpenSeconds and StallSeconds are used.</param>
/// <param name="least">Smallest limit if StallSeconds is 0.</param>
/// <param name="time">The clock.</param>
internal sealed class StallLimit(CaptureOptions options, TimeSpan least, TimeProvider time)
{
    // Before the second picture the interval is unknown: some streams state a wrong rate.
    private const int PicturesToKnow = 4;
    private const double Smoothing = 0.25;
    private long _pictures;
    private long _last;
    private double _interval;

    /// <summary>The limit for the next picture.</summary>
    public TimeSpan Next =>
        _pictures == 0 || (options.StallSeconds == 0 && _pictures < PicturesToKnow) ? TimeSpan.FromSeconds(options.OpenSeconds)
        : options.StallSeconds > 0 ? TimeSpan.FromSeconds(options.StallSeconds)
        : TimeSpan.FromSeconds(Math.Max(least.TotalSeconds, 2 * _interval));

    /// <summary>Reports a picture.</summary>
    /// <param name="frameRate">Frames per second as stated by the stream.</param>
    public void Came(double frameRate)
    {
        var between = _pictures++ == 0 ? 0 : time.GetElapsedTime(_last).TotalSeconds;
        _last = time.GetTimestamp();
        _interval = Math.Max(1 / frameRate, _interval + (Smoothing * (between - _interval)));
    }
}
