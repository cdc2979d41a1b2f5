using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Telemetry;

/// <summary>Metrics, where somebody may ask for them.</summary>
internal static class MetricsRegistration
{
    /// <summary>Whether there are any: at <c>/metrics</c> of the page's server, or pushed.</summary>
    public static bool HasMetrics(this Settings settings) => settings.Web.Enabled || settings.Metrics.OtlpEndpoint is not null;

    /// <summary>Adds them.</summary>
    /// <param name="services">Where.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="cameras">The cameras, as they are whenever they are gone through; the latencies of each are recorded by <see cref="LatencyMetrics"/>.</param>
    public static IServiceCollection AddServiceMetrics(this IServiceCollection services, Settings settings, Func<IServiceProvider, IReadOnlyList<MeasuredCamera>> cameras) => !settings.HasMetrics()
        ? services
        : services
            .AddSingleton<LatencyMetrics>()
            .AddSingleton(of => new ServiceMetrics(cameras(of)))
            .AddSingleton(of => new MetricsExport(of.GetRequiredService<ServiceMetrics>(), settings.Metrics))
            .AddHostedService(of => of.GetRequiredService<MetricsExport>());
}
