using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;

namespace SwiftNet.Live.Web;

/// <summary>The status page with its preview.</summary>
internal static class StatusRegistration
{
    /// <summary>Adds it where it is wanted. It listens before the stages start, so that a port in use is told before the first frame.</summary>
    public static IServiceCollection AddStatusPage(this IServiceCollection services, WebOptions options) => !options.Enabled
        ? services
        : services
            .AddSingleton(options)
            .AddSingleton<StatusBoard>()
            .AddSingleton<MjpegPreview>().AddSingleton<IFrameSink>(of => of.GetRequiredService<MjpegPreview>())
            .AddSingleton<StatusReporter>().AddSingleton<IFrameSink>(of => of.GetRequiredService<StatusReporter>())
            .AddHostedService<StatusServer>()
            .AddHostedService(of => of.GetRequiredService<StatusReporter>());
}
