namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>
/// The coordinator's table of nodes and cameras: it hears reports and decides what is to be done. It does nothing itself and knows neither network nor
/// store, and all its time is monotonic. One caller at a time.
/// </summary>
/// <param name="times">The times that keep two nodes from running one camera.</param>
/// <param name="movesPerMinute">Cameras that move for balance in a minute, at most.</param>
/// <param name="gather">What a fleet that runs nothing yet waits for more nodes to come.</param>
/// <param name="time">The clock.</param>
internal sealed partial class FleetTable(FleetTimes times, int movesPerMinute, TimeSpan gather, TimeProvider time)
{
    // A node opens as many sources at once; the rest wait their turn.
    private const int PendingPerNode = 4;
    private const int MissingReports = 3;
    private static readonly TimeSpan s_proof = TimeSpan.FromMinutes(1);
    private readonly SortedDictionary<string, NodeEntry> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CameraEntry> _cameras = new(StringComparer.Ordinal);
    private readonly Queue<long> _balanced = new();
    private readonly long _begun = time.GetTimestamp();

    /// <summary>The nodes, by name.</summary>
    public IReadOnlyCollection<NodeEntry> Nodes => _nodes.Values;

    /// <summary>The cameras, by name.</summary>
    public IReadOnlyCollection<CameraEntry> Cameras => _cameras.Values;

    /// <summary>The camera of this name, or null.</summary>
    public CameraEntry? Find(string camera) => _cameras.GetValueOrDefault(camera);

    /// <summary>A node that belongs to the fleet, as was kept: it may hold leases of the coordinator before.</summary>
    public void Restore(string node) => _nodes.TryAdd(node, new NodeEntry(node, _begun));

    /// <summary>A camera that belongs to the fleet, as was kept.</summary>
    public void Restore(CameraDefinition camera, IEnumerable<string> declaredBy)
    {
        var entry = new CameraEntry(camera) { Since = time.GetLocalNow(), Why = "its node is waited for" };
        entry.DeclaredBy.UnionWith(declaredBy);
        _cameras[camera.Name] = entry;
    }

    /// <summary>A node brings its cameras.</summary>
    /// <returns>What is wrong with them, one line, and nothing is taken over; null for nothing.</returns>
    public string? Register(string node, IReadOnlyList<CameraDefinition> cameras)
    {
        foreach (var camera in cameras)
        {
            if (Find(camera.Name) is { } other && other.Definition.Source != camera.Source && other.DeclaredBy.FirstOrDefault(b => b != node && _nodes.GetValueOrDefault(b) is { IsSilent: false, Report: not null }) is { } owner)
            {
                return $"Camera {camera.Name} is in the fleet already, with another source, brought by node {owner}; a name stands for one camera. Call one of them otherwise.";
            }
        }

        foreach (var camera in cameras)
        {
            if (Find(camera.Name) is not { } entry)
            {
                _cameras[camera.Name] = entry = new CameraEntry(camera) { Since = time.GetLocalNow() };
            }
            else if (!entry.Definition.Equals(camera))
            {
                (entry.Definition, entry.HasChanged, entry.HasEnded) = (camera, entry.IsOnNode, false);
                if (entry.State == FleetCameraState.Ended)
                {
                    SetState(entry, FleetCameraState.Waiting, "its configuration has changed");
                }
            }

            entry.DeclaredBy.Add(node);
        }

        foreach (var entry in _cameras.Values.Where(entry => cameras.All(camera => camera.Name != entry.Definition.Name)))
        {
            entry.DeclaredBy.Remove(node);
        }

        return null;
    }

    /// <summary>A node tells how it is.</summary>
    /// <returns>Why it is none of this fleet, one line; null where it was heard.</returns>
    public string? Report(NodeReport report)
    {
        Restore(report.Node);
        var node = _nodes[report.Node];
        if (node.Report is { } newer && newer.Instance == report.Instance && newer.Number >= report.Number)
        {
            return "this report of it came late: a newer one has been heard";
        }

        if (node.Report is { } before && before.Instance != report.Instance)
        {
            if (!before.IsLeaving && !IsSilent(node))
            {
                return $"a node called {report.Node} was heard {time.GetElapsedTime(node.HeardAt).TotalSeconds:0.0} s ago; each needs a name of its own (Fleet:Box), and one that was started again waits until the fleet has given up the one before";
            }

            Release(node, "its node was started again");
        }

        (node.Report, node.HeardAt, node.IsSilent) = (report, time.GetTimestamp(), false);
        foreach (var running in report.Cameras)
        {
            if (Find(running.Camera) is { } entry && !IsStale(entry, running, report.Node))
            {
                TakeOver(entry, running, report.Node);
            }
        }

        foreach (var entry in _cameras.Values.Where(entry => entry.IsOnNode && entry.Node == report.Node && entry.Pending is null && report.Cameras.All(running => running.Camera != entry.Definition.Name)))
        {
            if (++entry.Missing >= MissingReports)
            {
                entry.StopReason ??= "its node had lost it";
            }
        }

        return null;
    }

    /// <summary>Of a node's cameras, those that run elsewhere by now or are in no configuration.</summary>
    public CameraEpoch[] Superseded(NodeReport report) =>
        [.. report.Cameras.Where(running => Find(running.Camera) is { } entry ? IsStale(entry, running, report.Node) : IsSettled).Select(running => new CameraEpoch(running.Camera, running.Epoch))];

    /// <summary>Nodes heard within their lease that do not reach the store, and whether one does that still does.</summary>
    public (int Without, bool AnyWith) StoreReach()
    {
        var heard = _nodes.Values.Where(node => node.Report is not null && time.GetElapsedTime(node.HeardAt) < times.Lease).ToList();
        return (heard.Count(node => !node.Report!.HasStore), heard.Exists(node => node.Report!.HasStore));
    }

    /// <summary>A node is off, or has left: its cameras wait for another.</summary>
    public bool Evict(string node)
    {
        if (!_nodes.Remove(node, out var struck))
        {
            return false;
        }

        Release(struck, $"node {node} is gone");
        return true;
    }

    /// <summary>What a placement has to choose from.</summary>
    public IReadOnlyList<NodeCapacity> Capacities() => [.. _nodes.Values.Where(node => node.TakesCameras).Select(node => new NodeCapacity(node.Name, node.Report!.Budget, UsedOf(node.Name), node.Report.Devices))];

    /// <summary>What a node's cameras need, with those that are on their way to it.</summary>
    public double UsedOf(string node) => _cameras.Values
        .Where(entry => (entry.IsOnNode && entry.Node == node) || entry.Pending?.To == node)
        .Sum(entry => entry.Milliseconds);

    // A coordinator whose store has lost what it had hears of the cameras from the nodes.
    private bool IsSettled => time.GetElapsedTime(_begun) > times.TakeoverDelay + times.Lease;

    private bool IsSilent(NodeEntry node) => time.GetElapsedTime(node.HeardAt) > times.SilenceTimeout;

    private static bool IsStale(CameraEntry entry, RunningReport running, string node) =>
        entry.IsGone && !entry.IsOnNode
        || running.Epoch < entry.Epoch
        || (running.Epoch == entry.Epoch && entry.IsOnNode && entry.Node != node);

    private void TakeOver(CameraEntry entry, RunningReport running, string node)
    {
        if (entry.Node != node || !entry.IsOnNode)
        {
            (entry.Node, entry.Epoch, entry.Pending) = (node, running.Epoch, null);
            SetState(entry, FleetCameraState.Starting, "it ran there already");
        }

        (entry.Missing, entry.Objects, entry.Resumed) = (0, running.Objects, running.Resumed);
        entry.LastNode ??= node;
        entry.Measured = running.Milliseconds ?? entry.Measured;
        if (entry.Pending is not null)
        {
            return;
        }

        switch (running.State)
        {
            // Also one that was to stop and of which nobody knows whether it did: it did not.
            case "running" when entry.State is FleetCameraState.Starting or FleetCameraState.Stopping:
                SetState(entry, FleetCameraState.Running, entry.Why);
                break;
            case "running" when entry.Failures > 0 && time.GetElapsedTime(entry.NotBefore) > s_proof:
                entry.Failures = 0;
                break;
            case "failed":
                entry.StopReason = running.Why ?? "it broke";
                break;
            case "ended":
                (entry.HasEnded, entry.StopReason) = (true, "its source has ended");
                break;
            default:
                break;
        }
    }

    private void Release(NodeEntry node, string why)
    {
        foreach (var entry in _cameras.Values.Where(entry => entry.IsOnNode && entry.Node == node.Name))
        {
            entry.Pending = null;
            SetState(entry, FleetCameraState.Waiting, why);
        }
    }

    private void SetState(CameraEntry entry, FleetCameraState state, string why)
    {
        if (state != entry.State)
        {
            (entry.State, entry.Since) = (state, time.GetLocalNow());
        }

        if (state == FleetCameraState.Starting)
        {
            // What the activation before said of itself is none of the next one's.
            (entry.Objects, entry.Resumed) = (0, 0);
        }

        (entry.Why, entry.Missing) = (why, 0);
    }
}
