using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>The sinks that one stage serves, from its thread. One that fails is reported and keeps nothing from the others.</summary>
/// <param name="sinks">Those of the start; they stay their owner's.</param>
/// <param name="changes">Those that can change; the set's from when they are made.</param>
/// <param name="takes">Whether it serves what shows pictures, and whether what does not.</param>
/// <param name="run">Where is told which sinks there are.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed partial class SinkSet(IEnumerable<IFrameSink> sinks, SinkChanges changes, (bool Pictures, bool Others) takes, PipelineRun run, TimeProvider time, ILogger logger)
{
    private readonly List<IFrameSink> _own = [];
    private readonly List<Task> _endings = [];
    private bool _complete;
    private IFrameSink[] _sinks = [];
    private SinkReport[] _reports = [];

    /// <summary>Opens the sinks, before the first frame.</summary>
    /// <exception cref="UserErrorException">One cannot be opened.</exception>
    public void Open()
    {
        Array.ForEach([.. sinks], Add);
        while (Take() is { } change)
        {
            Make(change);
        }
    }

    /// <summary>Gives up the sinks that are its own.</summary>
    public void Close()
    {
        _complete = true;
        Task.WhenAll(_endings).GetAwaiter().GetResult();
        foreach (var sink in _own)
        {
            sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Hands a frame to every sink; false where one could not take it.</summary>
    public bool Write(Frame frame, byte[] overlay)
    {
        while (Take() is { } change)
        {
            Change(change);
        }

        var taken = true;
        for (var i = 0; i < _sinks.Length; i++)
        {
            taken &= Write(_sinks[i], _reports[i], frame, overlay);
        }

        return taken;
    }

    /// <summary>Ends them well, all at once: none waits for another that is slow to end.</summary>
    /// <exception cref="UserErrorException">Some could not be completed.</exception>
    public void Complete()
    {
        var endings = Array.ConvertAll(_sinks, sink => sink.CompleteAsync(CancellationToken.None).AsTask());
        var failures = new List<string>();
        for (var i = 0; i < _sinks.Length; i++)
        {
            try
            {
                endings[i].GetAwaiter().GetResult();
            }
            catch (IOException e)
            {
                failures.Add($"{_sinks[i].Name} could not be completed: {e.Message}");
            }
        }

        if (failures.Count > 0)
        {
            throw new UserErrorException(string.Join("; ", failures));
        }
    }

    private SinkChange? Take() => (takes.Pictures ? changes.Take(showsPictures: true) : null) ?? (takes.Others ? changes.Take(showsPictures: false) : null);

    // The one of its kind that is there ends first, by itself: what it was given before is finished, and its folder or connection free for the next.
    private void Change(SinkChange change)
    {
        if (Array.FindIndex(_sinks, sink => sink.Name == change.Kind.Name) is >= 0 and var at)
        {
            var (gone, report) = (_sinks[at], _reports[at]);
            run.SinkGone(report.Tally);
            _own.Remove(gone);
            _sinks = [.. _sinks.Where(sink => sink != gone)];
            _reports = [.. _reports.Where(other => other != report)];
            _endings.RemoveAll(ending => ending.IsCompleted);
            _endings.Add(ReplaceAsync(gone, report, change));
            return;
        }

        try
        {
            Make(change);
        }
        catch (UserErrorException e)
        {
            Log.CannotChange(logger, change.Kind.Name, e.Message);
        }
    }

    private void Make(SinkChange change)
    {
        if (change.Make?.Invoke() is { } sink)
        {
            _own.Add(sink);
            Add(sink);
        }
    }

    private async Task ReplaceAsync(IFrameSink gone, SinkReport report, SinkChange change)
    {
        try
        {
            await gone.CompleteAsync(CancellationToken.None);
        }
        catch (IOException e)
        {
            report.Fails($"it could not be completed: {e.Message}");
        }

        await gone.DisposeAsync();
        if (change.Make is not null && !_complete)
        {
            changes.Put(change);
        }
    }

    private void Add(IFrameSink sink)
    {
        var report = new SinkReport(sink.OwnTally ?? new SinkTally(sink.Name), time, logger);
        (_sinks, _reports) = ([.. _sinks, sink], [.. _reports, report]);
        run.SinkCame(report.Tally);
    }

    private static bool Write(IFrameSink sink, SinkReport report, Frame frame, byte[] overlay)
    {
        try
        {
            Wait(sink.WriteAsync(frame, overlay, CancellationToken.None));
            if (sink.OwnTally is null)
            {
                report.Took();
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Refused(e.Message);
            return false;
        }
    }

    // The stage's thread is its own, so it may sleep.
    private static void Wait(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The output '{Sink}' cannot be opened as it is configured now: {Message}")]
        public static partial void CannotChange(ILogger logger, string sink, string message);
    }
}
