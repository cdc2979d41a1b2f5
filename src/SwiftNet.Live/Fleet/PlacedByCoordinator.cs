using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace SwiftNet.Live.Fleet;

/// <summary>A grain that is activated where the keeper says, and nowhere by chance.</summary>
[GenerateSerializer]
internal sealed class PlacedByKeeper : PlacementStrategy;

/// <summary>Marks such a grain.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlacedByKeeperAttribute() : PlacementAttribute(new PlacedByKeeper());

/// <summary>Finds the silo that the keeper named with its call.</summary>
internal sealed class KeeperPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } silo
            ? Task.FromResult(silo)
            : throw new OrleansException($"Camera {target.GrainIdentity.Key} runs nowhere now.");
    }
}
