using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Telemetry;

/// <summary>Registers metrics if they are enabled.</summary>
internal static class MetricsRegistration
{
    /// <summary>Whether metrics are served at <c>/metrics</c> or pushed to an OTLP receiver.</summary>
    public static bool HasMetrics(this Settings settings) => settings.Web.Enabled || settings.Metrics.OtlpEndpoint is not null;

    /// <summary>Adds the services.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="cameras">Enumerates the current cameras; their latencies are recorded by <see cref="LatencyMetrics"/>.</param>
    public static IServiceCollection AddServiceMetrics(
        this IServiceCollection services, Settings settings, Func<IServiceProvider, IReadOnlyList<MeasuredCamera>> cameras) =>
        !settings.HasMetrics()
        ? services
        : services
            .AddSingleton<LatencyMetrics>()
            .AddSingleton(of => new ServiceMetrics(cameras(of)))
            .AddSingleton(of => new MetricsExport(of.GetRequiredService<ServiceMetrics>(), settings.Metrics))
            .AddHostedService(of => of.GetRequiredService<MetricsExport>());
}
