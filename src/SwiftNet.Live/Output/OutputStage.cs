using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output;

/// <summary>(4) Hides what is private, draws the objects once and hands the frame to every sink. A sink that fails is reported and keeps nothing from the others.</summary>
internal sealed class OutputStage(IEnumerable<IFrameSink> sinks, Settings settings, TimeProvider time, PipelineQueues queues, PipelineRun run, ILogger<OutputStage> logger)
    : Stage("output", queues.Segmented, null, run)
{
    private readonly IFrameSink[] _sinks = [.. sinks];
    private readonly IFramePainter _painter = settings.Output.Matte.Enabled ? new MattePainter(settings.Output.Matte) : new OverlayPainter();
    private readonly PrivacyFilter _privacy = new(settings.Output.Privacy);
    private SinkReport[] _reports = [];

    /// <inheritdoc/>
    protected override void Open()
    {
        _reports = Array.ConvertAll(_sinks, sink => new SinkReport(sink.OwnTally ?? new SinkTally(sink.Name), time, logger));
        Run.Sinks = Array.ConvertAll(_reports, report => report.Tally);
    }

    /// <inheritdoc/>
    protected override void Process(Frame frame)
    {
        var start = time.GetTimestamp();

        // First of all, in the frame's own pixels: nothing behind this line can show what is hidden.
        _privacy.Apply(frame);
        using var overlay = PooledArray<byte>.Rent(frame.Pixels.Array.Length);
        _painter.Paint(frame, overlay.Array);

        var taken = true;
        for (var i = 0; i < _sinks.Length; i++)
        {
            taken &= Take(_sinks[i], _reports[i], frame, overlay.Array);
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
        // All at once: none waits for another that is slow to end.
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

        Run.End();
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        _privacy.Dispose();
        (_painter as IDisposable)?.Dispose();
    }

    private static bool Take(IFrameSink sink, SinkReport report, Frame frame, byte[] overlay)
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
