namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>A node as placement sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Budget">Milliseconds of device time a second that it gives.</param>
/// <param name="Used">Of these, what its cameras need.</param>
/// <param name="Devices">What it has that a camera may need.</param>
internal sealed record NodeCapacity(string Name, double Budget, double Used, IReadOnlyList<string> Devices)
{
    /// <summary>What is left; below 0 where it has taken more than it gives.</summary>
    public double Free => Budget - Used;

    /// <summary>The share that is used.</summary>
    public double Load => Used / Budget;
}

/// <summary>Where a camera goes.</summary>
/// <param name="Node">The node; null where there is none for it.</param>
/// <param name="Why">Why there, or why nowhere.</param>
internal sealed record PlacementChoice(string? Node, string Why);

/// <summary>Chooses nodes by what they have left, in milliseconds of device time a second.</summary>
internal static class Placement
{
    // A camera moves for balance where the fullest and the emptiest node differ by more than this share of their budgets: less would come and go.
    private const double Imbalance = 0.25;

    /// <summary>The node with most left, of those that have what the camera needs. Where nothing is left anywhere it is still the one with most: frames are then dropped, but every camera is seen.</summary>
    public static PlacementChoice Choose(CameraDefinition camera, double milliseconds, IReadOnlyList<NodeCapacity> nodes)
    {
        var fit = nodes.Where(node => camera.Needs is not { } needs || node.Devices.Contains(needs, StringComparer.Ordinal)).ToList();
        if (fit.Count == 0)
        {
            return new(null, nodes.Count == 0 ? "there is no node for it" : $"no node has {camera.Needs} (Fleet:Devices)");
        }

        var best = fit.OrderByDescending(node => node.Free).ThenBy(node => node.Name, StringComparer.Ordinal).First();
        var others = fit.Count == 1 ? "it alone can have it" : "most left";
        return new(best.Name, $"{others}: {best.Free:0} of {best.Budget:0} ms/s, {milliseconds:0} needed{(best.Free < milliseconds ? ", more than there is" : "")}");
    }

    /// <summary>The move that evens the fullest node out with the emptiest one best; null where it is not worth one.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="cameras">Cameras that may move, with what each needs.</param>
    public static (string Camera, string To, string Why)? Balance(IReadOnlyList<NodeCapacity> nodes, IEnumerable<CameraEntry> cameras)
    {
        if (nodes.Count < 2)
        {
            return null;
        }

        var (full, empty) = (nodes.MaxBy(node => node.Load)!, nodes.MinBy(node => node.Load)!);
        if (full.Load - empty.Load <= Imbalance)
        {
            return null;
        }

        // The largest that leaves the emptier node no fuller than the other one becomes.
        var best = cameras
            .Where(camera => camera.Node == full.Name && camera.Milliseconds > 0 && (camera.Definition.Needs is not { } needs || empty.Devices.Contains(needs, StringComparer.Ordinal)))
            .Where(camera => (empty.Used + camera.Milliseconds) / empty.Budget <= (full.Used - camera.Milliseconds) / full.Budget)
            .MaxBy(camera => camera.Milliseconds);
        return best is null ? null : (best.Definition.Name, empty.Name, $"balance: {full.Name} had {full.Load:P0} in use, {empty.Name} {empty.Load:P0}");
    }
}
