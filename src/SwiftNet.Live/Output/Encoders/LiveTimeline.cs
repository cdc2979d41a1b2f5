using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Encoders;

/// <summary>Keeps a video of constant rate in real time when its frames come as they like: picture n is the one of n / rate seconds after the first.</summary>
/// <param name="frameRate">The video's rate, in frames a second; asked for at the first frame, before which a camera does not know it.</param>
/// <param name="time">The clock that frames are stamped by.</param>
/// <param name="logger">Where long gaps are told.</param>
internal sealed partial class LiveTimeline(Func<double> frameRate, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_longestGap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestLead = TimeSpan.FromSeconds(1);
    private long? _first;
    private double _rate;
    private long _pictures;
    private long _leftOut;

    /// <summary>How often the picture before is shown again before this frame is; null where the frame is too early to be shown at all.</summary>
    /// <remarks>A gap counts as 5 s at most, so that a camera that slept does not fill the disk. A frame that comes up to 1 s early is
    /// shown (frames come in bursts); more than that means a source that is faster than it says.</remarks>
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
        [LoggerMessage(1, LogLevel.Warning, "Nothing came for {Gap:0.0} s before frame {Frame}: the overlay video shows {Shown:0} s of that")]
        public static partial void GapShortened(ILogger logger, long frame, double gap, double shown);
    }
}
