using Orleans.Concurrency;
using Orleans.Runtime.Placement;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera on the box that the keeper placed it on.</summary>
[KeepAlive]
[Reentrant]
[PlacedByKeeper]
internal sealed class CameraGrain(BoxCameras cameras, FleetOptions options, OwnApi api) : Grain, ICameraGrain
{
    /// <summary>The answer of a grain that is active on another box than the one that is meant.</summary>
    public const string WrongBox = "it is active on another box";

    private string Camera => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<string?> RunAsync(CameraDefinition camera, string box, long epoch)
    {
        if (box != options.BoxName)
        {
            // The call says where it should be.
            this.MigrateOnIdle();
            return Task.FromResult<string?>(WrongBox);
        }

        return cameras.StartAsync(camera, epoch);
    }

    /// <inheritdoc/>
    public async Task StopAsync(SiloAddress? next)
    {
        await cameras.StopAsync(Camera);
        if (next is null)
        {
            DeactivateOnIdle();
            return;
        }

        RequestContext.Set(IPlacementDirector.PlacementHintKey, next);
        this.MigrateOnIdle();
    }

    /// <inheritdoc/>
    public Task<ForwardedAnswer> AskAsync(ForwardedCall call) => api.AskAsync(call);

    /// <summary>Where it goes elsewhere, or its box stops, the camera ends. Where Orleans has only lost its address, since the box that kept that is gone, the camera runs on: the keeper's leases say who has it.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        reason.ReasonCode is DeactivationReasonCode.Migrating or DeactivationReasonCode.ShuttingDown ? cameras.StopAsync(Camera) : Task.CompletedTask;
}
