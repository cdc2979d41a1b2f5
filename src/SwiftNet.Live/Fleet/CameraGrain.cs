using Orleans.Concurrency;
using Orleans.Runtime.Placement;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera, activated on the node that the coordinator chose.</summary>
[KeepAlive]
[Reentrant]
[PlacedByCoordinator]
internal sealed class CameraGrain(NodeCameras cameras, FleetOptions options, LocalApiClient api) : Grain, ICameraGrain
{
    /// <summary>Returned by a grain that is active on a node other than the requested one.</summary>
    public const string WrongNode = "the grain is active on another node";

    private string Camera => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<string?> RunAsync(CameraDefinition camera, string node, long epoch)
    {
        if (node != options.NodeName)
        {
            // The placement hint of the call names the right node.
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

    /// <summary>Stops the camera when the grain migrates or its node shuts down. If Orleans only lost the grain's directory entry, because
    /// the node that stored the entry died, the camera keeps running: ownership is decided by the coordinator's leases.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        reason.ReasonCode is DeactivationReasonCode.Migrating or DeactivationReasonCode.ShuttingDown
            ? cameras.StopAsync(Camera)
            : Task.CompletedTask;
}
