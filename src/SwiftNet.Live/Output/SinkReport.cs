using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>Counts how a sink fares and logs it once an episode: when it begins to fail and when it works again, at most once a minute.</summary>
internal sealed partial class SinkReport(SinkTally tally, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(1);
    private long? _toldAt;
    private long _failedAt;
    private bool _told;

    /// <summary>The counts.</summary>
    public SinkTally Tally => tally;

    /// <summary>It took one result.</summary>
    public void Took()
    {
        End();
        tally.Took();
    }

    /// <summary>It works (again), whether or not there is a result.</summary>
    public void Works()
    {
        End();
        tally.Works();
    }

    /// <summary>It lost one result.</summary>
    public void Refused(string error)
    {
        Begin(error);
        tally.Refused(error);
    }

    /// <summary>It does not work and will be tried again.</summary>
    public void Fails(string error)
    {
        Begin(error);
        tally.Fails(error);
    }

    /// <summary>At the end: so many were never sent, and are counted as dropped.</summary>
    public void Abandoned(int count)
    {
        if (count > 0)
        {
            Log.Abandoned(logger, tally.Name, count);
        }
    }

    private void Begin(string error)
    {
        if (tally.IsFailing)
        {
            return;
        }

        _failedAt = time.GetTimestamp();
        if (_toldAt is not { } told || time.GetElapsedTime(told) >= s_quiet)
        {
            _toldAt = _failedAt;
            _told = true;
            Log.Fails(logger, tally.Name, error.TrimEnd('.'));
        }
    }

    private void End()
    {
        if (tally.IsFailing && _told)
        {
            _told = false;
            Log.WorksAgain(logger, tally.Name, time.GetElapsedTime(_failedAt).TotalSeconds, tally.Failed, tally.Dropped);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The output '{Sink}' fails: {Message}. It is tried again; nothing else waits for it")]
        public static partial void Fails(ILogger logger, string sink, string message);

        [LoggerMessage(2, LogLevel.Warning, "The output '{Sink}' works again after {Seconds:0.0} s; so far it lost {Failed} to failures and {Dropped} to newer ones")]
        public static partial void WorksAgain(ILogger logger, string sink, double seconds, long failed, long dropped);

        [LoggerMessage(3, LogLevel.Warning, "The output '{Sink}' ended with {Count} messages unsent")]
        public static partial void Abandoned(ILogger logger, string sink, int count);
    }
}
