using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>Coordinates the fleet: receives node reports, grants short leases and executes the decisions of its table. If several are
/// active, only the one with the newest epoch in the store may act.</summary>
[KeepAlive]
[Reentrant]
[PreferLocalPlacement]
internal sealed partial class CoordinatorGrain(
    FleetOptions options,
    FleetTimes times,
    IFleetStore store,
    IMembershipTable members,
    ISiloStatusOracle silos,
    TimeProvider time,
    ILogger<CoordinatorGrain> logger) : Grain, ICoordinatorGrain
{
    /// <summary>The grain's only key, also the name of its epoch in the store. Must not change: existing stores contain it.</summary>
    public const string Key = "keeper";

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);
    private readonly FleetTable _table = new(
        times, options.MovesPerMinute, options.Clustering == FleetClustering.Loopback ? TimeSpan.Zero : times.Lease, time);
    private FleetRecords _records = null!;
    private long _epoch;
    private long _trustedAt;
    private bool _hasStore = true;
    private bool _succeeded;

    // Granting needs a recent confirmation of this epoch by the store, or a majority of nodes that cannot reach the store either.
    private bool MayGrant =>
        !_succeeded
            && (time.GetElapsedTime(_trustedAt) < times.EpochValidity || Quorum.MayKeep(_table.Nodes.Count, _table.StoreReach().Without));

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _trustedAt = time.GetTimestamp();
        await ThrowIfGivenUpAsync(cancellationToken);
        _epoch = await store.NextEpochAsync(Key);
        _records = new FleetRecords(store, Key, _epoch);
        foreach (var node in await _records.NodesAsync())
        {
            _table.Restore(node);
        }

        foreach (var (camera, declaredBy) in await _records.CamerasAsync())
        {
            _table.Restore(camera, declaredBy);
        }

        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(s_tick, s_tick) { Interleave = true, KeepAlive = true });
        Log.Keeps(logger, options.NodeName, _epoch, _table.Nodes.Count, _table.Cameras.Count);
    }

    /// <inheritdoc/>
    public async Task<LeaseAnswer> ReportAsync(NodeReport report)
    {
        if (silos.IsDeadSilo(report.Silo))
        {
            // The node was paused, resumed and has not noticed its eviction yet. It will exit; do not mistake it for its replacement.
            return new(Granted: false, "this node was evicted because it did not respond", [], 0, _epoch);
        }

        if (_table.Nodes.All(node => node.Name != report.Node))
        {
            // Save the node before its first lease: the next coordinator must know whose leases to wait for.
            try
            {
                await _records.SaveNodesAsync([.. _table.Nodes.Select(node => node.Name), report.Node]);
                Log.Joined(logger, report.Node);
            }
            catch (FleetStoreException e)
            {
                return new(Granted: false, $"no new node can join the fleet now: {e.Message}", [], 0, _epoch);
            }
        }

        var why = _table.Report(report);
        var letGo = why is null ? _table.Superseded(report) : [];
        var others = _table.Nodes.Count(node => node.TakesCameras && node.Name != report.Node);
        var refusal = why
            ?? (MayGrant ? null
                : _succeeded ? "a newer coordinator has taken over"
                : "the coordinator cannot reach the store, and too few nodes report to continue without it");
        return new(refusal is null, refusal, letGo, others, _epoch);
    }

    /// <inheritdoc/>
    public async Task<string?> RegisterAsync(string node, CameraDefinition[] cameras)
    {
        if (_table.Register(node, cameras) is { } wrong)
        {
            return wrong;
        }

        await _records.SaveCamerasAsync(_table.Cameras);
        return null;
    }

    /// <inheritdoc/>
    public Task<FleetStatus> StatusAsync() => Task.FromResult(new FleetStatus(
        options.ClusterId!,
        options.NodeName,
        _epoch,
        _hasStore,
        [.. _table.Nodes.Select(Describe)],
        [.. _table.Cameras.Select(Describe)],
        [.. _moves]));

    /// <inheritdoc/>
    public Task<(bool Known, SiloAddress? Silo)> LocateAsync(string camera) =>
        Task.FromResult(
            _table.Find(camera) is { IsGone: false } entry ? (true, entry.IsOnNode ? SiloOf(entry.Node) : null) : (false, null));

    /// <inheritdoc/>
    public Task<string?> MoveAsync(string camera, string? node)
    {
        var capacities = _table.Capacities();
        if (_table.Find(camera) is not { IsGone: false } entry)
        {
            return Task.FromResult<string?>($"there is no camera {camera}");
        }

        if (!entry.IsOnNode)
        {
            return Task.FromResult<string?>($"camera {camera} is not running: {entry.Why}");
        }

        var choice = node is not null
            ? capacities.FirstOrDefault(capacity => capacity.Name == node) is { } named
                ? Placement.Choose(entry.Definition, entry.Milliseconds, [named])
                : new(null, $"there is no node {node} that accepts cameras now")
            : Placement.Choose(entry.Definition, entry.Milliseconds, [.. capacities.Where(capacity => capacity.Name != entry.Node)]);
        entry.Wish = choice.Node ?? entry.Wish;
        return Task.FromResult(choice.Node is null ? choice.Why : null);
    }

    /// <inheritdoc/>
    public async Task<string?> EvictAsync(string node)
    {
        if (!_table.Evict(node))
        {
            return $"there is no node {node}";
        }

        await _records.SaveNodesAsync(_table.Nodes.Select(other => other.Name));
        return null;
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        await LookAtStoreAsync();
        if (_succeeded || !_hasStore)
        {
            return;
        }

        var gone = _table.EvictSilent();
        foreach (var node in gone)
        {
            Log.Silent(logger, node, times.SilenceTimeout.TotalSeconds);
        }

        var cameras = _table.Cameras.Count;
        foreach (var order in _table.Decide())
        {
            _ = CarryOutAsync(order);
        }

        try
        {
            if (gone.Count > 0)
            {
                await _records.SaveNodesAsync(_table.Nodes.Select(node => node.Name));
            }

            if (cameras != _table.Cameras.Count)
            {
                await _records.SaveCamerasAsync(_table.Cameras);
            }
        }
        catch (FleetStoreException e)
        {
            Log.NotKept(logger, e.Message);
        }
    }

    private async Task LookAtStoreAsync()
    {
        var at = time.GetTimestamp();
        if (_hasStore && time.GetElapsedTime(_trustedAt) < times.EpochValidity / 4)
        {
            return;
        }

        try
        {
            _succeeded |= await store.EpochAsync(Key) != _epoch;
            (_hasStore, _trustedAt) = (true, _succeeded ? _trustedAt : at);
        }
        catch (FleetStoreException e)
        {
            if (_hasStore)
            {
                Log.NoStore(logger, e.Message);
            }

            _hasStore = false;
        }

        // Prefer a node that can still reach the store as the coordinator's host.
        if (_succeeded || (!_hasStore && time.GetElapsedTime(_trustedAt) > 2 * times.Lease && _table.StoreReach().AnyWith))
        {
            DeactivateOnIdle();
        }
    }

    // A node that was paused does not know about its eviction yet. It must not take over from the coordinator that replaced its own.
    private async Task ThrowIfGivenUpAsync(CancellationToken cancellationToken)
    {
        MembershipTableData all;
        try
        {
            all = await members.ReadAllAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FleetStoreException("the membership table cannot be read", e);
        }

        if (all.TryGet(silos.SiloAddress)?.Item1.Status == SiloStatus.Dead)
        {
            throw new OrleansException("this node was evicted and cannot coordinate the fleet");
        }
    }

    private NodeStatus Describe(NodeEntry node)
    {
        var (used, report) = (_table.UsedOf(node.Name), node.Report);
        var state = node.IsSilent || report is null ? "silent" : report.IsLeaving ? "leaving" : "up";
        return new(
            node.Name,
            state,
            time.GetElapsedTime(node.HeardAt).TotalMilliseconds,
            report?.Budget ?? 0,
            used,
            (report?.Budget ?? 0) - used,
            report?.Cameras.Length ?? 0,
            report?.Devices ?? [],
            report?.Web,
            report?.HasStore ?? false);
    }

    private static FleetCameraStatus Describe(CameraEntry camera) => new(
        camera.Definition.Name,
        camera.State.ToString().ToLowerInvariant(),
        camera.Node,
        camera.Epoch,
        camera.Why,
        camera.Since,
        camera.Milliseconds,
        camera.Measured is not null,
        camera.Objects,
        camera.Resumed,
        camera.Moves,
        [.. camera.DeclaredBy]);

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Information, "Node {Node} is now the coordinator (epoch {Epoch}): {Nodes} nodes and {Cameras} cameras are known")]
        public static partial void Keeps(ILogger logger, string node, long epoch, int nodes, int cameras);

        [LoggerMessage(2, LogLevel.Information, "Node {Node} joined the fleet")]
        public static partial void Joined(ILogger logger, string node);

        [LoggerMessage(3, LogLevel.Warning, "Node {Node} sent no report for {Seconds:0.0} s; its cameras are moved to other nodes")]
        public static partial void Silent(ILogger logger, string node, double seconds);

        [LoggerMessage(4, LogLevel.Information, "Camera {Camera} runs on node {Node}, activation {Epoch}: {Why}")]
        public static partial void Runs(ILogger logger, string camera, string node, long epoch, string why);

        [LoggerMessage(5, LogLevel.Warning, "Camera {Camera} could not be started on node {Node}: {Why}")]
        public static partial void NotStarted(ILogger logger, string camera, string node, string why);

        [LoggerMessage(6, LogLevel.Warning, "Node {Node} did not respond to an order for camera {Camera}: {Message}")]
        public static partial void Unsure(ILogger logger, string camera, string node, string message);

        [LoggerMessage(7, LogLevel.Warning, "The fleet continues without its store: {Message}")]
        public static partial void NoStore(ILogger logger, string message);

        [LoggerMessage(8, LogLevel.Warning, "The coordinator's state could not be saved: {Message}")]
        public static partial void NotKept(ILogger logger, string message);

        [LoggerMessage(9, LogLevel.Information, "Camera {Camera} stops on node {Node}: {Why}")]
        public static partial void Stops(ILogger logger, string camera, string node, string why);
    }
}
