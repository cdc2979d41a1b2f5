namespace SwiftNet.Live.Output.Encoders;

/// <summary>Strictly increasing presentation times of one encoded file.</summary>
/// <param name="start">Media time of the file's start.</param>
/// <param name="frameRate">Frames per second, used if a picture's time does not increase.</param>
internal sealed class EncoderClock(TimeSpan start, double frameRate)
{
    private readonly TimeSpan _interval = TimeSpan.FromTicks((long)Math.Round(TimeSpan.TicksPerSecond / frameRate));
    private TimeSpan? _last;

    /// <summary>Duration of the file so far.</summary>
    public TimeSpan Length => _last + _interval ?? TimeSpan.Zero;

    /// <summary>Presentation time of the next picture.</summary>
    public TimeSpan Next(TimeSpan mediaTime)
    {
        var time = mediaTime - start;
        time = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        _last = _last is { } last && time <= last ? last + _interval : time;
        return _last.Value;
    }
}
