using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace SwiftNet.Live.Fleet;

/// <summary>Placement on the silo that the coordinator names, never on a random one.</summary>
[GenerateSerializer]
internal sealed class PlacedByCoordinator : PlacementStrategy;

/// <summary>Marks a grain class with <see cref="PlacedByCoordinator"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlacedByCoordinatorAttribute() : PlacementAttribute(new PlacedByCoordinator());

/// <summary>Reads the target silo from the placement hint of the call.</summary>
internal sealed class CoordinatorPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } silo
            ? Task.FromResult(silo)
            : throw new OrleansException($"Camera {target.GrainIdentity.Key} is not running now.");
    }
}
