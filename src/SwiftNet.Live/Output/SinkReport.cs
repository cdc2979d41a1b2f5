using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Counts a sink's results and logs failures once per episode: when it begins to fail and when it works again, at most once a
/// minute.</summary>
internal sealed partial class SinkReport(SinkCounters counters, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(1);
    private long? _reportedAt;
    private long _failedAt;
    private bool _reported;

    /// <summary>The counters.</summary>
    public SinkCounters Counters => counters;

    /// <summary>Counts a taken result.</summary>
    public void Took()
    {
        End();
        counters.Took();
    }

    /// <summary>Reports that the sink works (again), with or without a result.</summary>
    public void Works()
    {
        End();
        counters.Works();
    }

    /// <summary>Counts a lost result.</summary>
    public void Refused(string error)
    {
        Begin(error);
        counters.Refused(error);
    }

    /// <summary>Reports that the sink does not work and will be retried.</summary>
    public void Fails(string error)
    {
        Begin(error);
        counters.Fails(error);
    }

    /// <summary>At the end: counts unsent messages as dropped.</summary>
    public void Abandoned(int count)
    {
        if (count > 0)
        {
            Log.Abandoned(logger, counters.Name, count);
        }
    }

    private void Begin(string error)
    {
        if (counters.IsFailing)
        {
            return;
        }

        _failedAt = time.GetTimestamp();
        if (_reportedAt is not { } reported || time.GetElapsedTime(reported) >= s_quiet)
        {
            _reportedAt = _failedAt;
            _reported = true;
            Log.Fails(logger, counters.Name, error.TrimEnd('.'));
        }
    }

    private void End()
    {
        if (counters.IsFailing && _reported)
        {
            _reported = false;
            Log.WorksAgain(logger, counters.Name, time.GetElapsedTime(_failedAt).TotalSeconds, counters.Failed, counters.Dropped);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The output '{Sink}' fails: {Message}. It is retried; other outputs are not affected")]
        public static partial void Fails(ILogger logger, string sink, string message);

        [LoggerMessage(
            2,
            LogLevel.Warning,
            "The output '{Sink}' works again after {Seconds:0.0} s; results lost so far: {Failed} failed, "
                + "{Dropped} dropped from its queue")]
        public static partial void WorksAgain(ILogger logger, string sink, double seconds, long failed, long dropped);

        [LoggerMessage(3, LogLevel.Warning, "The output '{Sink}' ended with {Count} messages unsent")]
        public static partial void Abandoned(ILogger logger, string sink, int count);
    }
}
