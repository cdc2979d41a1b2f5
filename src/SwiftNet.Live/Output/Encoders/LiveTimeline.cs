using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Encoders;

/// <summary>Keeps a constant-rate video in real time although frames arrive irregularly: picture n shows the time n / rate seconds after
/// the first.</summary>
/// <param name="frameRate">The video's frames per second; queried at the first frame, since a camera does not know it earlier.</param>
/// <param name="time">The clock of the frames' capture times.</param>
/// <param name="logger">Receives a warning about long gaps.</param>
internal sealed partial class LiveTimeline(Func<double> frameRate, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_longestGap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestLead = TimeSpan.FromSeconds(1);
    private long? _first;
    private double _rate;
    private long _pictures;
    private long _leftOut;

    /// <summary>How often the previous picture is repeated before this frame; null if the frame is too early and must be skipped.</summary>
    /// <remarks>A gap counts as at most 5 s, so that an absent camera does not fill the disk. A frame up to 1 s early is
    /// shown (frames arrive in bursts); anything earlier means that the source is faster than its stated rate.</remarks>
    public long? RepeatsBefore(Frame frame)
    {
        if (_first is null)
        {
            _first = frame.CapturedAt;
            _rate = frameRate();
        }

        var due = PicturesIn(time.GetElapsedTime(_first.Value, frame.CapturedAt)) - _leftOut;
        if (_pictures - due > PicturesIn(s_longestLead))
        {
            return null;
        }

        var repeats = Math.Max(0, due - _pictures);
        var most = PicturesIn(s_longestGap);
        if (repeats > most)
        {
            Log.GapShortened(logger, frame.Number, repeats / _rate, s_longestGap.TotalSeconds);
            _leftOut += repeats - most;
            repeats = most;
        }

        _pictures += repeats + 1;
        return repeats;
    }

    private long PicturesIn(TimeSpan duration) => (long)Math.Round(duration.TotalSeconds * _rate);

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Warning, "No frames for {Gap:0.0} s before frame {Frame}: the overlay video shows {Shown:0} s of the gap")]
        public static partial void GapShortened(ILogger logger, long frame, double gap, double shown);
    }
}
