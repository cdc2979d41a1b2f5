using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>The sinks of one stage, used from its thread. A failing sink is reported and does not affect the others.</summary>
/// <param name="sinks">Sinks present from the start; owned by the caller.</param>
/// <param name="changes">Changeable sinks; owned by this set once created.</param>
/// <param name="takes">Whether the set serves sinks that show pictures, and whether others.</param>
/// <param name="run">Receives the list of sinks.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives failures.</param>
internal sealed partial class SinkSet(
    IEnumerable<IFrameSink> sinks,
    SinkChanges changes,
    (bool Pictures, bool Others) takes,
    PipelineRun run,
    TimeProvider time,
    ILogger logger)
{
    private readonly List<IFrameSink> _own = [];
    private readonly List<Task> _endings = [];
    private bool _complete;
    private IFrameSink[] _sinks = [];
    private SinkReport[] _reports = [];

    /// <summary>Opens the sinks before the first frame.</summary>
    /// <exception cref="UserErrorException">A sink cannot be opened.</exception>
    public void Open()
    {
        Array.ForEach([.. sinks], Add);
        while (Take() is { } change)
        {
            Make(change);
        }
    }

    /// <summary>Whether a sink uses the frame with its objects drawn in; a change of sinks is applied first.</summary>
    public bool TakesOverlay()
    {
        Apply();
        return Array.Exists(_sinks, static sink => sink.TakesOverlay);
    }

    /// <summary>Disposes the sinks owned by this set.</summary>
    public void Close()
    {
        _complete = true;
        Task.WhenAll(_endings).GetAwaiter().GetResult();
        foreach (var sink in _own)
        {
            sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Passes a frame to every sink; false if a sink failed.</summary>
    public bool Write(Frame frame, byte[] overlay)
    {
        Apply();
        var taken = true;
        for (var i = 0; i < _sinks.Length; i++)
        {
            taken &= Write(_sinks[i], _reports[i], frame, overlay);
        }

        return taken;
    }

    /// <summary>Completes all sinks concurrently.</summary>
    /// <exception cref="UserErrorException">Some sinks could not be completed.</exception>
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

    private void Apply()
    {
        while (Take() is { } change)
        {
            Change(change);
        }
    }

    private SinkChange? Take() => (takes.Pictures ? changes.Take(showsPictures: true) : null) ?? (takes.Others ? changes.Take(showsPictures: false) : null);

    // Complete the previous sink of this kind first: its results are finished, and its folder or connection is released.
    private void Change(SinkChange change)
    {
        if (Array.FindIndex(_sinks, sink => sink.Name == change.Kind.Name) is >= 0 and var at)
        {
            var (gone, report) = (_sinks[at], _reports[at]);
            run.SinkGone(report.Counters);
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
        var report = new SinkReport(sink.OwnCounters ?? new SinkCounters(sink.Name), time, logger);
        (_sinks, _reports) = ([.. _sinks, sink], [.. _reports, report]);
        run.SinkCame(report.Counters);
    }

    private static bool Write(IFrameSink sink, SinkReport report, Frame frame, byte[] overlay)
    {
        try
        {
            Wait(sink.WriteAsync(frame, overlay, CancellationToken.None));
            if (sink.OwnCounters is null)
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

    // The stage has a thread of its own and may block.
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
        [LoggerMessage(1, LogLevel.Error, "The output '{Sink}' cannot be opened with its current configuration: {Message}")]
        public static partial void CannotChange(ILogger logger, string sink, string message);
    }
}
