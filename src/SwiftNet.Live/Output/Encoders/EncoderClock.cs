namespace SwiftNet.Live.Output.Encoders;

/// <summary>The times of the pictures of one encoded file, which have to increase whatever comes.</summary>
/// <param name="start">The media time that the file begins at.</param>
/// <param name="frameRate">Frames a second, for a picture whose time does not increase.</param>
internal sealed class EncoderClock(TimeSpan start, double frameRate)
{
    private readonly TimeSpan _interval = TimeSpan.FromTicks((long)Math.Round(TimeSpan.TicksPerSecond / frameRate));
    private TimeSpan? _last;

    /// <summary>How long the file plays so far.</summary>
    public TimeSpan Length => _last + _interval ?? TimeSpan.Zero;

    /// <summary>The time of the next picture in the file.</summary>
    public TimeSpan Next(TimeSpan mediaTime)
    {
        var time = mediaTime - start;
        time = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        _last = _last is { } last && time <= last ? last + _interval : time;
        return _last.Value;
    }
}
