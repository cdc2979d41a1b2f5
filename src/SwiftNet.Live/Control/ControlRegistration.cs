using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Control;

/// <summary>Commands to a camera's objects.</summary>
internal static class ControlRegistration
{
    /// <summary>Whether any client may give commands.</summary>
    public static bool TakesCommands(this Settings settings) =>
        settings.Objects.Control
            && (settings.Web.Enabled || (settings.Output.Mqtt.Commands && !string.IsNullOrEmpty(settings.Output.Mqtt.Host)));

    /// <summary>Adds what takes them, where a client may give commands or objects outlive a restart.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="settings">The camera's configuration.</param>
    /// <param name="service">What all cameras share.</param>
    public static IServiceCollection AddControl(this IServiceCollection services, Settings settings, IServiceProvider service) =>
        settings.TakesCommands() || ObjectKeeper.FolderOf(settings.Objects.StateFolder) is not null
            ? services
                .AddSingleton(service.GetRequiredService<ObjectEventBroadcaster>())
                .AddSingleton(service.GetRequiredService<PromptQueue>())
                .AddSingleton<CameraControl>()
            : services;
}
