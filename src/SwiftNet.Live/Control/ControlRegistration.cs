using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Control;

/// <summary>Commands to a camera's objects.</summary>
internal static class ControlRegistration
{
    /// <summary>Adds what takes them, where anybody may give any; otherwise no frame is kept.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="settings">The camera's configuration.</param>
    /// <param name="service">What all cameras share.</param>
    public static IServiceCollection AddControl(this IServiceCollection services, Settings settings, IServiceProvider service)
    {
        var mqtt = settings.Output.Mqtt;
        return settings.Objects.Control && (settings.Web.Enabled || (mqtt.Commands && !string.IsNullOrEmpty(mqtt.Host)))
            ? services.AddSingleton(service.GetRequiredService<NewsFeed>()).AddSingleton(service.GetRequiredService<PromptQueue>()).AddSingleton<CameraControl>()
            : services;
    }
}
