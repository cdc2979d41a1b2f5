using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Telemetry;

/// <summary>A camera whose figures are exported.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Its counts.</param>
/// <param name="Board">What the page shows of it.</param>
internal sealed record MeasuredCamera(string Name, PipelineRun Run, StatusBoard Board)
{
    /// <summary>The label of its figures.</summary>
    public KeyValuePair<string, object?> Label { get; } = new(ServiceMetrics.Camera, Name);

    /// <summary>Where its frames ended until now.</summary>
    public LedgerSnapshot Ledger => Run.Ledger.Snapshot();

    /// <summary>What the page shows now.</summary>
    public PipelineStatus Status => Board.Current;

    /// <summary>Its sinks, without the page's own.</summary>
    public IEnumerable<SinkTally> Sinks => Run.Sinks.Where(sink => sink.Name != StatusReporter.SinkName);
}
