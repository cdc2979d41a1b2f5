using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Telemetry;

/// <summary>Gathers the cameras' metrics, and .NET's own of the process, for whoever asks at <c>/metrics</c> and for an OTLP receiver.</summary>
internal sealed class MetricsExport : IHostedService, IDisposable
{
    // A receiver that is away shall not hold up the end of the service.
    private const int OtlpTimeoutMilliseconds = 5000;

    /// <summary>Begins to gather.</summary>
    public MetricsExport(ServiceMetrics metrics, MetricsOptions options)
    {
        // The instruments are there before the first measurement: that is all this needs of them.
        ArgumentNullException.ThrowIfNull(metrics);
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("swiftnet-live", serviceVersion: typeof(MetricsExport).Assembly.GetName().Version!.ToString(3)))
            .AddMeter(ServiceMetrics.MeterName, "System.Runtime")
            .AddPrometheusExporter();
        if (options.OtlpEndpoint is { } endpoint)
        {
            builder.AddOtlpExporter((otlp, reader) =>
            {
                (otlp.Endpoint, otlp.Protocol, otlp.TimeoutMilliseconds) = (new Uri(endpoint), OtlpExportProtocol.HttpProtobuf, OtlpTimeoutMilliseconds);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 1000 * options.OtlpSeconds;
            });
        }

        Provider = builder.Build();
    }

    /// <summary>What is gathered, for the web server.</summary>
    public MeterProvider Provider { get; }

    /// <summary>Gathers since it was created.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes on to the end: what is counted while the pipeline drains is sent when this is disposed.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends the last figures.</summary>
    public void Dispose() => Provider.Dispose();
}
