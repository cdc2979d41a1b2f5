using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Hosting;

/// <summary>Which cameras a host runs, and what decides that while it runs.</summary>
internal abstract class CameraAssignment
{
    /// <summary>The cameras of the configuration; changes of its files are applied where it names them.</summary>
    public static CameraAssignment Configured { get; } = new ByConfiguration();

    /// <summary>Whether cameras come and go by themselves: one that fails does not end the service, and none is needed for it to
    /// run.</summary>
    public virtual bool Varies => false;

    /// <summary>The cameras to begin with.</summary>
    public abstract IReadOnlyList<CameraSettings> AtStart(Configured configured);

    /// <summary>Adds what changes them later.</summary>
    /// <exception cref="UserErrorException">An option of it is of no use.</exception>
    public abstract void AddServices(IHostApplicationBuilder builder, Configured configured);

    private sealed class ByConfiguration : CameraAssignment
    {
        public override IReadOnlyList<CameraSettings> AtStart(Configured configured) => configured.Cameras;

        public override void AddServices(IHostApplicationBuilder builder, Configured configured)
        {
            if (configured.Source is { } source)
            {
                builder.Services.AddSingleton(configured).AddSingleton(source).AddHostedService<SettingsWatch>();
            }
        }
    }
}
