using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Tracks a camera's connection status and logs each change once; a lasting failure is logged again only from time to
/// time.</summary>
internal sealed partial class CameraStatus(string name, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_reminder = TimeSpan.FromHours(1);
    private volatile SourceStatus _now = new(SourceState.Connecting, time.GetLocalNow());
    private SourceFault? _told;
    private DateTimeOffset _toldAt;
    private DateTimeOffset? _lostAt;
    private bool _streamed;

    /// <summary>The current status. Thread-safe.</summary>
    public SourceStatus Now => _now;

    /// <summary>Sets the status to connecting.</summary>
    public void Connecting()
    {
        if (_told is null && !_streamed)
        {
            Log.Connecting(logger, name);
        }

        Change(SourceState.Connecting, null);
    }

    /// <summary>Reports a picture: the first of a connection, or the first of another format.</summary>
    public void Streaming(FfmpegStderrParser.PictureFormat format)
    {
        if (_lostAt is { } lost)
        {
            Log.Back(logger, name, format.Width, format.Height, format.FrameRate, (time.GetLocalNow() - lost).TotalSeconds);
            _now = _now with { Reconnects = _now.Reconnects + (_streamed ? 1 : 0) };
        }
        else
        {
            Log.Streaming(logger, name, format.Width, format.Height, format.FrameRate);
        }

        (_streamed, _lostAt, _told) = (true, null, null);
        Change(SourceState.Streaming, null);
        _now = _now with { FailedTries = 0 };
    }

    /// <summary>Reports a failure; the next try follows after <paramref name="wait"/>.</summary>
    public void Lost(SourceFailure failure, TimeSpan wait)
    {
        var now = time.GetLocalNow();
        _lostAt ??= now;
        var level = failure.Fault == _told && now - _toldAt < s_reminder ? LogLevel.Debug : LogLevel.Warning;
        if (level == LogLevel.Warning)
        {
            (_told, _toldAt) = (failure.Fault, now);
        }

        Log.Lost(logger, level, name, failure.Reason, Meaning(failure.Fault), wait.TotalSeconds);
        Change(
            failure.Fault switch
            {
                SourceFault.Authentication => SourceState.Refused,
                SourceFault.Stalled => SourceState.Stalled,
                _ => SourceState.BackingOff,
            },
            now + wait);
        _now = _now with { Fault = failure.Fault, Error = failure.Reason, ErrorTime = now, FailedTries = _now.FailedTries + 1 };
    }

    /// <summary>Sets the status to ended when the service stops.</summary>
    public void Ended() => Change(SourceState.Ended, null);

    private static string Meaning(SourceFault fault) => fault switch
    {
        SourceFault.Unreachable => "it cannot be reached",
        SourceFault.Authentication =>
            "it rejects user and password; correct them in Capture:Source. Retries are rare, because cameras lock accounts",
        SourceFault.NotFound => "the path does not exist; check it in Capture:Source",
        SourceFault.Tls => "the TLS connection failed",
        SourceFault.Codec => "its pictures cannot be decoded",
        SourceFault.Stalled => "it sends no pictures",
        _ => "the stream ended",
    };

    private void Change(SourceState state, DateTimeOffset? retryAt) =>
        _now = _now with { State = state, Since = state == _now.State ? _now.Since : time.GetLocalNow(), RetryAt = retryAt };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Connecting to {Source}")]
        public static partial void Connecting(ILogger logger, string source);

        [LoggerMessage(2, LogLevel.Information, "{Source} streams {Width}x{Height} at {Rate:0.##} frames/s")]
        public static partial void Streaming(ILogger logger, string source, int width, int height, double rate);

        [LoggerMessage(3, LogLevel.Information, "{Source} is back after {Away:0.0} s and streams {Width}x{Height} at {Rate:0.##} frames/s")]
        public static partial void Back(ILogger logger, string source, int width, int height, double rate, double away);

        [LoggerMessage(EventId = 4, Message = "{Source} is lost: {Meaning} ({Reason}). Next try in {Wait:0.0} s")]
        public static partial void Lost(ILogger logger, LogLevel level, string source, string reason, string meaning, double wait);
    }
}
