using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Systemd;

/// <summary>Integration with systemd.</summary>
internal static class SystemdRegistration
{
    /// <summary>Adds the notifications if systemd listens for them (NOTIFY_SOCKET).</summary>
    public static IServiceCollection AddSystemdNotices(
        this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<FrameWatchdog>> cameras)
    {
        var systemd = new SystemdNotifier();
        return !systemd.IsEnabled
            ? services
            : services.AddHostedService(of => new SystemdNotices(
                systemd,
                WatchdogInterval.From(Environment.GetEnvironmentVariable),
                cameras(of),
                of.GetRequiredService<IHostApplicationLifetime>(),
                of.GetRequiredService<TimeProvider>(),
                of.GetRequiredService<ILogger<SystemdNotices>>()));
    }
}
