using Orleans.Concurrency;
using Orleans.Runtime.Placement;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera on the node that the coordinator placed it on.</summary>
[KeepAlive]
[Reentrant]
[PlacedByCoordinator]
internal sealed class CameraGrain(NodeCameras cameras, FleetOptions options, LocalApiClient api) : Grain, ICameraGrain
{
    /// <summary>The answer of a grain that is active on another node than the one that is meant.</summary>
    public const string WrongNode = "it is active on another node";

    private string Camera => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<string?> RunAsync(CameraDefinition camera, string node, long epoch)
    {
        if (node != options.NodeName)
        {
            // The call says where it should be.
            this.MigrateOnIdle();
            return Task.FromResult<string?>(WrongNode);
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

    /// <summary>Where it goes elsewhere, or its node stops, the camera ends. Where Orleans has only lost its address, since the node that kept that is gone, the camera runs on: the coordinator's leases say who has it.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        reason.ReasonCode is DeactivationReasonCode.Migrating or DeactivationReasonCode.ShuttingDown ? cameras.StopAsync(Camera) : Task.CompletedTask;
}
