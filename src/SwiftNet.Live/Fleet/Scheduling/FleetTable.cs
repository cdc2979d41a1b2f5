namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>
/// The coordinator's table of nodes and cameras: processes reports and makes decisions. It has no side effects, uses neither network nor
/// store,
/// and measures all time monotonically. Not thread-safe.
/// </summary>
/// <param name="times">The durations that keep a camera from running on two nodes.</param>
/// <param name="movesPerMinute">Maximum number of balancing moves per minute.</param>
/// <param name="gather">How long an idle fleet waits for more nodes before it assigns cameras.</param>
/// <param name="time">The clock.</param>
internal sealed partial class FleetTable(FleetTimes times, int movesPerMinute, TimeSpan gather, TimeProvider time)
{
    // Maximum number of cameras that start on one node at a time.
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

    /// <summary>Finds a camera by name; null = unknown.</summary>
    public CameraEntry? Find(string camera) => _cameras.GetValueOrDefault(camera);

    /// <summary>Restores a node from the store; it may hold a lease of the previous coordinator.</summary>
    public void Restore(string node) => _nodes.TryAdd(node, new NodeEntry(node, _begun));

    /// <summary>Restores a camera from the store.</summary>
    public void Restore(CameraDefinition camera, IEnumerable<string> declaredBy)
    {
        var entry = new CameraEntry(camera) { Since = time.GetLocalNow(), Why = "waiting for reports after a change of coordinator" };
        entry.DeclaredBy.UnionWith(declaredBy);
        _cameras[camera.Name] = entry;
    }

    /// <summary>Registers the cameras that a node's configuration declares.</summary>
    /// <returns>One line with the reason if a camera is refused, and nothing is changed; null = accepted.</returns>
    public string? Register(string node, IReadOnlyList<CameraDefinition> cameras)
    {
        foreach (var camera in cameras)
        {
            if (Find(camera.Name) is { } other
                && other.Definition.Source != camera.Source
                && other.DeclaredBy.FirstOrDefault(
                    b => b != node && _nodes.GetValueOrDefault(b) is { IsSilent: false, Report: not null }) is { } owner)
            {
                return $"Camera {camera.Name} already exists in the fleet with another source, declared by node {owner}. Camera names must "
                    + "be unique: rename one of them.";
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

    /// <summary>Processes a node's report.</summary>
    /// <returns>One line with the reason if the report is refused; null = accepted.</returns>
    public string? Report(NodeReport report)
    {
        Restore(report.Node);
        var node = _nodes[report.Node];
        if (node.Report is { } newer && newer.Instance == report.Instance && newer.Number >= report.Number)
        {
            return "this report is outdated: a newer one has been received";
        }

        if (node.Report is { } before && before.Instance != report.Instance)
        {
            if (!before.IsLeaving && !IsSilent(node))
            {
                return $"a node named {report.Node} reported {time.GetElapsedTime(node.HeardAt).TotalSeconds:0.0} s ago; node names must "
                    + "be unique (Fleet:Node), and a restarted node waits until its previous process is evicted";
            }

            Release(node, "its node was restarted");
        }

        (node.Report, node.HeardAt, node.IsSilent) = (report, time.GetTimestamp(), false);
        foreach (var running in report.Cameras)
        {
            if (Find(running.Camera) is { } entry && !IsStale(entry, running, report.Node))
            {
                TakeOver(entry, running, report.Node);
            }
        }

        foreach (var entry in _cameras.Values
            .Where(
                entry =>
                    entry.IsOnNode
                        && entry.Node == report.Node
                        && entry.Pending is null
                        && report.Cameras.All(running => running.Camera != entry.Definition.Name)))
        {
            if (++entry.Missing >= MissingReports)
            {
                entry.StopReason ??= "its node no longer reports it";
            }
        }

        return null;
    }

    /// <summary>The activations of a report that must stop: superseded on another node, or declared by no configuration.</summary>
    public CameraEpoch[] Superseded(NodeReport report) =>
    [
        .. report.Cameras.Where(running => Find(running.Camera) is { } entry ? IsStale(entry, running, report.Node) : IsSettled).Select(
            running => new CameraEpoch(running.Camera, running.Epoch)),
    ];

    /// <summary>Of the nodes that reported within their lease: how many cannot reach the store, and whether any can.</summary>
    public (int Without, bool AnyWith) StoreReach()
    {
        var heard = _nodes.Values.Where(node => node.Report is not null && time.GetElapsedTime(node.HeardAt) < times.Lease).ToList();
        return (heard.Count(node => !node.Report!.HasStore), heard.Exists(node => node.Report!.HasStore));
    }

    /// <summary>Evicts a node that is off or has left; its cameras wait for another node.</summary>
    public bool Evict(string node)
    {
        if (!_nodes.Remove(node, out var struck))
        {
            return false;
        }

        Release(struck, $"node {node} was evicted");
        return true;
    }

    /// <summary>Capacities of all nodes that accept cameras.</summary>
    public IReadOnlyList<NodeCapacity> Capacities() =>
    [
        .. _nodes.Values.Where(node => node.TakesCameras).Select(
            node => new NodeCapacity(node.Name, node.Report!.Budget, UsedOf(node.Name), node.Report.Devices)),
    ];

    /// <summary>Device time in ms/s that a node's cameras need, including cameras on their way to the node.</summary>
    public double UsedOf(string node) => _cameras.Values
        .Where(entry => (entry.IsOnNode && entry.Node == node) || entry.Pending?.To == node)
        .Sum(entry => entry.Milliseconds);

    // A coordinator whose store lost its data learns the cameras from the nodes' reports.
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
            SetState(entry, FleetCameraState.Starting, "it already ran on this node");
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
            // Includes a camera whose stop order had an unknown outcome: it did not stop.
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
            // Figures of the previous activation do not apply to the next one.
            (entry.Objects, entry.Resumed) = (0, 0);
        }

        (entry.Why, entry.Missing) = (why, 0);
    }
}
