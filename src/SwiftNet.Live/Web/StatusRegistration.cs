using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Output.Preview;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Web;

/// <summary>Registers the status page with its preview.</summary>
internal static class StatusRegistration
{
    /// <summary>Adds the web server if enabled. It listens before the stages start, so that a port conflict is reported before the first
    /// frame.</summary>
    public static IServiceCollection AddStatusServer(this IServiceCollection services, WebOptions options) => !options.Enabled
        ? services
        : services.AddSingleton(options).AddHostedService<StatusServer>();

    /// <summary>Adds a camera's status and preview, if they are <paramref name="wanted"/>.</summary>
    public static IServiceCollection AddStatus(this IServiceCollection services, bool wanted) => !wanted
        ? services
        : services
            .AddSingleton<StatusBoard>()
            .AddSingleton<MjpegPreview>().AddSingleton<IFrameSink>(of => of.GetRequiredService<MjpegPreview>())
            .AddSingleton<StatusReporter>().AddSingleton<IFrameSink>(of => of.GetRequiredService<StatusReporter>())
            .AddSingleton(
                of => new CameraView(
                    of.GetRequiredService<CameraSettings>().Name,
                    of.GetRequiredService<StatusBoard>(),
                    of.GetRequiredService<MjpegPreview>()))
            .AddHostedService(of => of.GetRequiredService<StatusReporter>());
}
