namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>A node's capacity.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Budget">Offered device time in ms/s.</param>
/// <param name="Used">Device time that its cameras need, in ms/s.</param>
/// <param name="Devices">Devices that a camera may require.</param>
internal sealed record NodeCapacity(string Name, double Budget, double Used, IReadOnlyList<string> Devices)
{
    /// <summary>Free device time in ms/s; negative when overloaded.</summary>
    public double Free => Budget - Used;

    /// <summary>Used share of the budget, 0 to 1 and above when overloaded.</summary>
    public double Load => Used / Budget;
}

/// <summary>The result of a placement.</summary>
/// <param name="Node">The chosen node; null = no node is suitable.</param>
/// <param name="Why">The reason.</param>
internal sealed record PlacementChoice(string? Node, string Why);

/// <summary>Chooses nodes by free device time in ms/s.</summary>
internal static class Placement
{
    // Minimum difference of load between the fullest and the emptiest node for a balancing move; prevents cameras from moving back and
    // forth.
    private const double Imbalance = 0.25;

    /// <summary>The node with the most free budget among those that have the required device. If every node is full, the one with the most
    /// free budget is still chosen: frames are dropped, but every camera runs.</summary>
    public static PlacementChoice Choose(CameraDefinition camera, double milliseconds, IReadOnlyList<NodeCapacity> nodes)
    {
        var fit = nodes.Where(node => camera.Needs is not { } needs || node.Devices.Contains(needs, StringComparer.Ordinal)).ToList();
        if (fit.Count == 0)
        {
            return new(null, nodes.Count == 0 ? "no node accepts cameras" : $"no node has {camera.Needs} (Fleet:Devices)");
        }

        var best = fit.OrderByDescending(node => node.Free).ThenBy(node => node.Name, StringComparer.Ordinal).First();
        var others = fit.Count == 1 ? "the only suitable node" : "most free budget";
        return new(
            best.Name,
            $"{others}: {best.Free:0} of {best.Budget:0} ms/s free, {milliseconds:0} "
                + $"needed{(best.Free < milliseconds ? ", overloaded" : "")}");
    }

    /// <summary>The move that best balances the fullest and the emptiest node; null if no move is worthwhile.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="cameras">Cameras that may move.</param>
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

        // The largest camera whose move does not make the emptier node fuller than the other one.
        var best = cameras
            .Where(
                camera =>
                    camera.Node == full.Name
                        && camera.Milliseconds > 0
                        && (camera.Definition.Needs is not { } needs || empty.Devices.Contains(needs, StringComparer.Ordinal)))
            .Where(camera => (empty.Used + camera.Milliseconds) / empty.Budget <= (full.Used - camera.Milliseconds) / full.Budget)
            .MaxBy(camera => camera.Milliseconds);
        return best is null
            ? null
            : (best.Definition.Name, empty.Name, $"balance: {full.Name} was at {full.Load:P0}, {empty.Name} at {empty.Load:P0}");
    }
}
