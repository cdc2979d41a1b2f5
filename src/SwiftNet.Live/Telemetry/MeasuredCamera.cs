using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Telemetry;

/// <summary>A camera whose metrics are exported.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="Run">The camera's counters.</param>
/// <param name="Board">The camera's status board.</param>
internal sealed record MeasuredCamera(string Name, PipelineRun Run, StatusBoard Board)
{
    /// <summary>The camera's metric label.</summary>
    public KeyValuePair<string, object?> Label { get; } = new(ServiceMetrics.Camera, Name);

    /// <summary>Counts of frames by outcome.</summary>
    public LedgerSnapshot Ledger => Run.Ledger.Snapshot();

    /// <summary>The current status.</summary>
    public PipelineStatus Status => Board.Current;

    /// <summary>The camera's sinks, without the page's own.</summary>
    public IEnumerable<SinkCounters> Sinks => Run.Sinks.Where(sink => sink.Name != StatusReporter.SinkName);
}
