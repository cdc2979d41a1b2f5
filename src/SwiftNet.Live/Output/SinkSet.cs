using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>The sinks that one stage serves, from its thread. One that fails is reported and keeps nothing from the others.</summary>
internal sealed class SinkSet
{
    private readonly IFrameSink[] _sinks;
    private readonly SinkReport[] _reports;

    /// <summary>Makes the set; the sinks stay their owner's.</summary>
    public SinkSet(IEnumerable<IFrameSink> sinks, TimeProvider time, ILogger logger)
    {
        _sinks = [.. sinks];
        _reports = Array.ConvertAll(_sinks, sink => new SinkReport(sink.OwnTally ?? new SinkTally(sink.Name), time, logger));
    }

    /// <summary>How each fares.</summary>
    public IEnumerable<SinkTally> Tallies => _reports.Select(report => report.Tally);

    /// <summary>Hands a frame to every sink; false where one could not take it.</summary>
    public bool Write(Frame frame, byte[] overlay)
    {
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
        catch (IOException e)
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
}
