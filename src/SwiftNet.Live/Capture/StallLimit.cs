using SwiftNet.Live.Options;

namespace SwiftNet.Live.Capture;

/// <summary>How long the next picture of a connection may take.</summary>
/// <param name="options">OpenSeconds and StallSeconds.</param>
/// <param name="least">The limit at least, where StallSeconds leaves it open.</param>
/// <param name="time">The time.</param>
internal sealed class StallLimit(CaptureOptions options, TimeSpan least, TimeProvider time)
{
    // Before, what is between two pictures is not known: some streams say a rate that they do not have.
    private const int PicturesToKnow = 4;
    private const double Smoothing = 0.25;
    private long _pictures;
    private long _last;
    private double _interval;

    /// <summary>The limit for the next one.</summary>
    public TimeSpan Next =>
        _pictures == 0 || (options.StallSeconds == 0 && _pictures < PicturesToKnow) ? TimeSpan.FromSeconds(options.OpenSeconds)
        : options.StallSeconds > 0 ? TimeSpan.FromSeconds(options.StallSeconds)
        : TimeSpan.FromSeconds(Math.Max(least.TotalSeconds, 2 * _interval));

    /// <summary>A picture has come.</summary>
    /// <param name="frameRate">Frames a second as the stream says.</param>
    public void Came(double frameRate)
    {
        var between = _pictures++ == 0 ? 0 : time.GetElapsedTime(_last).TotalSeconds;
        _last = time.GetTimestamp();
        _interval = Math.Max(1 / frameRate, _interval + (Smoothing * (between - _interval)));
    }
}
