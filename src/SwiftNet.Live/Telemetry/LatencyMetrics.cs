using System.Diagnostics.Metrics;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Telemetry;

/// <summary>Latency histograms, recorded as frames complete.</summary>
internal sealed class LatencyMetrics : IDisposable
{
    // In seconds. Fine-grained around 14 ms (a frame's budget on a GPU) and 40 ms (on a CPU).
    private static readonly double[] s_partBounds =
    [
        0.001, 0.002, 0.004, 0.006, 0.008, 0.01, 0.012, 0.013, 0.014, 0.015, 0.016, 0.018, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05,
        0.06, 0.08, 0.1, 0.2, 0.5, 1,
    ];

    private static readonly double[] s_ageBounds =
        [0.005, 0.01, 0.014, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5];

    private readonly Meter _meter = new(ServiceMetrics.MeterName);
    private readonly Histogram<double> _parts;
    private readonly Histogram<double> _age;
    private readonly Histogram<double> _output;
    private readonly Histogram<double> _show;

    /// <summary>Creates the histograms.</summary>
    public LatencyMetrics()
    {
        _parts = Create("swiftnet.parts", "Duration of each part of a frame's processing", s_partBounds);
        _age = Create("swiftnet.age", "Latency from capture to mask", s_ageBounds);
        _output = Create("swiftnet.output", "Latency from capture until all sinks have taken the result", s_ageBounds);
        _show = Create("swiftnet.show", "Latency from capture to preview, with Output:Align=latest", s_ageBounds);
    }

    /// <summary>Records one camera's latencies from now on; call before its first frame.</summary>
    public void Record(string camera, PipelineRun run)
    {
        KeyValuePair<string, object?> name = new(ServiceMetrics.Camera, camera);
        run.CaptureToMask.Added = latency => _age.Record(latency.TotalSeconds, name);
        run.CaptureToOutput.Added = latency => _output.Record(latency.TotalSeconds, name);
        run.CaptureToShow.Added = latency => _show.Record(latency.TotalSeconds, name);
        foreach (var (part, latencies) in run.Parts.All)
        {
            KeyValuePair<string, object?> of = new("part", part);
            latencies.Added = latency => _parts.Record(latency.TotalSeconds, name, of);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Histogram<double> Create(string name, string description, double[] bounds) =>
        _meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
