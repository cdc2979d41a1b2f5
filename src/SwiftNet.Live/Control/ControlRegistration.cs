using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Control;

/// <summary>Commands to a camera's objects.</summary>
internal static class ControlRegistration
{
    /// <summary>Adds what takes them, where anybody may give any; otherwise no frame is kept.</summary>
    public static IServiceCollection AddControl(this IServiceCollection services, Settings settings, NewsFeed news)
    {
        var mqtt = settings.Output.Mqtt;
        return settings.Objects.Control && (settings.Web.Enabled || (mqtt.Commands && !string.IsNullOrEmpty(mqtt.Host)))
            ? services.AddSingleton(news).AddSingleton<CameraControl>()
            : services;
    }
}
