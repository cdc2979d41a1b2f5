using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>(4) Draws the objects once and hands the frame to every sink. A sink that fails is reported and keeps nothing from the others.</summary>
internal sealed partial class OutputStage(IEnumerable<IFrameSink> sinks, TimeProvider time, PipelineQueues queues, PipelineRun run, ILogger<OutputStage> logger)
    : Stage("output", queues.Segmented, null, run)
{
    private readonly IFrameSink[] _sinks = [.. sinks];
    private readonly OverlayPainter _painter = new();
    private SinkTally[] _tallies = [];

    /// <inheritdoc/>
    protected override void Open()
    {
        _tallies = Array.ConvertAll(_sinks, sink => new SinkTally(sink.Name));
        Run.Sinks = _tallies;
    }

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        var start = time.GetTimestamp();
        using var overlay = PooledArray<byte>.Rent(frame.Pixels.Array.Length);
        _painter.Paint(frame, overlay.Array);

        var taken = true;
        for (var i = 0; i < _sinks.Length; i++)
        {
            taken &= Take(_sinks[i], _tallies[i], frame, overlay.Array);
        }

        if (taken)
        {
            Run.Ledger.Written();
        }
        else
        {
            Run.Ledger.Failed();
        }

        Run.Parts.Output.Add(time.GetElapsedTime(start));
        Run.CaptureToOutput.Add(time.GetElapsedTime(frame.CapturedAt));
    }

    /// <inheritdoc/>
    protected override void Complete()
    {
        var failures = new List<string>();
        foreach (var sink in _sinks)
        {
            try
            {
                Wait(sink.CompleteAsync(CancellationToken.None));
            }
            catch (IOException e)
            {
                failures.Add($"{sink.Name} could not be completed: {e.Message}");
            }
        }

        if (failures.Count > 0)
        {
            throw new UserErrorException(string.Join("; ", failures));
        }

        Run.End();
    }

    private bool Take(IFrameSink sink, SinkTally tally, Frame frame, byte[] overlay)
    {
        try
        {
            Wait(sink.WriteAsync(frame, overlay, CancellationToken.None));
            tally.Took();
            return true;
        }
        catch (IOException e)
        {
            tally.Refused(e.Message);
            Log.SinkFailed(logger, sink.Name, frame.Number, e.Message);
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
        [LoggerMessage(1, LogLevel.Error, "The sink {Sink} did not take frame {Frame}: {Message}")]
        public static partial void SinkFailed(ILogger logger, string sink, long frame, string message);
    }
}
