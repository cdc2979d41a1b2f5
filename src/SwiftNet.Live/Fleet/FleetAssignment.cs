using Microsoft.Extensions.Hosting;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>The cameras that the fleet gives to this machine. Those of its configuration are declared to
/// the fleet, and come back where they are to run.</summary>
internal sealed class FleetAssignment : CameraAssignment
{
    /// <inheritdoc/>
    public override bool Varies => true;

    /// <summary>The fleet's where the configuration joins one; else those of the configuration.</summary>
    public static CameraAssignment For(Configured configured) =>
        configured.Settings.Fleet.IsFleet && configured.Whole is not null ? new FleetAssignment() : Configured;

    /// <inheritdoc/>
    public override IReadOnlyList<CameraSettings> AtStart(Configured configured) => [];

    /// <inheritdoc/>
    public override void AddServices(IHostApplicationBuilder builder, Configured configured) =>
        FleetRegistration.AddFleet(builder, configured);
}
