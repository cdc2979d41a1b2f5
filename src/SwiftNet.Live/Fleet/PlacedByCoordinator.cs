using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace SwiftNet.Live.Fleet;

/// <summary>A grain that is activated where the coordinator says, and nowhere by chance.</summary>
[GenerateSerializer]
[Alias("SwiftNet.Live.Fleet.PlacedByKeeper")]
internal sealed class PlacedByCoordinator : PlacementStrategy;

/// <summary>Marks such a grain.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlacedByCoordinatorAttribute() : PlacementAttribute(new PlacedByCoordinator());

/// <summary>Finds the silo that the coordinator named with its call.</summary>
internal sealed class CoordinatorPlacementDirector : IPlacementDirector
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
