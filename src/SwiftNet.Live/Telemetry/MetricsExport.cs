using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Telemetry;

/// <summary>Exports the cameras' metrics and .NET's process metrics at <c>/metrics</c> and to an OTLP receiver.</summary>
internal sealed class MetricsExport : IHostedService, IDisposable
{
    // An unreachable receiver must not delay the end of the service.
    private const int OtlpTimeoutMilliseconds = 5000;

    /// <summary>Starts collecting.</summary>
    public MetricsExport(ServiceMetrics metrics, MetricsOptions options)
    {
        // Resolving the instruments creates them before the first measurement.
        ArgumentNullException.ThrowIfNull(metrics);
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(
                resource =>
                    resource.AddService("swiftnet-live", serviceVersion: typeof(MetricsExport).Assembly.GetName().Version!.ToString(3)))
            .AddMeter(ServiceMetrics.MeterName, "System.Runtime")
            .AddPrometheusExporter();
        if (options.OtlpEndpoint is { } endpoint)
        {
            builder.AddOtlpExporter((otlp, reader) =>
            {
                (otlp.Endpoint, otlp.Protocol, otlp.TimeoutMilliseconds) =
                    (new Uri(endpoint), OtlpExportProtocol.HttpProtobuf, OtlpTimeoutMilliseconds);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 1000 * options.OtlpSeconds;
            });
        }

        Provider = builder.Build();
    }

    /// <summary>The collected metrics, for the web server.</summary>
    public MeterProvider Provider { get; }

    /// <summary>Collects since construction; no further work is needed here.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps collecting until disposal, so that figures of the draining pipeline are sent too.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends the last figures.</summary>
    public void Dispose() => Provider.Dispose();
}
