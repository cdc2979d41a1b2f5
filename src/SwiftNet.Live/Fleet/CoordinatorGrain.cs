using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using SwiftNet.Live.Fleet.Keeping;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>The keeper: hears boxes, lets them keep their cameras for a while at a time, and carries out what its table decides. There is one that counts: the one with the newest number in the store.</summary>
[KeepAlive]
[Reentrant]
[PreferLocalPlacement]
internal sealed partial class KeeperGrain(FleetOptions options, FleetTimes times, IFleetStore store, IMembershipTable members, ISiloStatusOracle silos, TimeProvider time, ILogger<KeeperGrain> logger) : Grain, IKeeperGrain
{
    /// <summary>The one key.</summary>
    public const string Key = "keeper";

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);
    private readonly FleetTable _table = new(times, options.MovesPerMinute, options.Clustering == FleetClustering.Loopback ? TimeSpan.Zero : times.Lease, time);
    private FleetRecords _records = null!;
    private long _epoch;
    private long _trustedAt;
    private bool _hasStore = true;
    private bool _succeeded;

    // What the store said lately, or most of the fleet having no store either.
    private bool MayGrant => !_succeeded && (time.GetElapsedTime(_trustedAt) < times.Trust || Quorum.MayKeep(_table.Boxes.Count, _table.Heard().Without));

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _trustedAt = time.GetTimestamp();
        await ThrowIfGivenUpAsync(cancellationToken);
        _epoch = await store.NextEpochAsync(Key);
        _records = new FleetRecords(store, Key, _epoch);
        foreach (var box in await _records.BoxesAsync())
        {
            _table.Know(box);
        }

        foreach (var (camera, brought) in await _records.CamerasAsync())
        {
            _table.Know(camera, brought);
        }

        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(s_tick, s_tick) { Interleave = true, KeepAlive = true });
        Log.Keeps(logger, options.BoxName, _epoch, _table.Boxes.Count, _table.Cameras.Count);
    }

    /// <inheritdoc/>
    public async Task<LeaseAnswer> ReportAsync(BoxReport report)
    {
        if (silos.IsDeadSilo(report.Silo))
        {
            // It stood still, goes on, and does not know yet. It ends, and must not be taken for the one that is started in its place.
            return new(Granted: false, "it stood still or could not be reached, and was given up", [], 0, _epoch);
        }

        if (_table.Boxes.All(box => box.Name != report.Box))
        {
            // Before its first lease: a keeper after this one must know whom to wait for.
            try
            {
                await _records.KeepBoxesAsync([.. _table.Boxes.Select(box => box.Name), report.Box]);
                Log.Joined(logger, report.Box);
            }
            catch (FleetStoreException e)
            {
                return new(Granted: false, $"the fleet takes no new box now: {e.Message}", [], 0, _epoch);
            }
        }

        var why = _table.Hear(report);
        var letGo = why is null ? _table.ToLetGo(report) : [];
        var others = _table.Boxes.Count(box => box.TakesCameras && box.Name != report.Box);
        var refusal = why ?? (MayGrant ? null : _succeeded ? "another keeper has succeeded this one" : "the keeper does not reach the store, and too few boxes are heard to go on without");
        return new(refusal is null, refusal, letGo, others, _epoch);
    }

    /// <inheritdoc/>
    public async Task<string?> DeclareAsync(string box, CameraDefinition[] cameras)
    {
        if (_table.Declare(box, cameras) is { } wrong)
        {
            return wrong;
        }

        await _records.KeepCamerasAsync(_table.Cameras);
        return null;
    }

    /// <inheritdoc/>
    public Task<FleetStatus> StatusAsync() => Task.FromResult(new FleetStatus(
        options.ClusterId!,
        options.BoxName,
        _epoch,
        _hasStore,
        [.. _table.Boxes.Select(Describe)],
        [.. _table.Cameras.Select(Describe)],
        [.. _moves]));

    /// <inheritdoc/>
    public Task<(bool Known, SiloAddress? Silo)> WhereAsync(string camera) =>
        Task.FromResult(_table.Find(camera) is { IsGone: false } entry ? (true, entry.IsOnBox ? SiloOf(entry.Box) : null) : (false, null));

    /// <inheritdoc/>
    public Task<string?> MoveAsync(string camera, string? box)
    {
        var rooms = _table.Rooms();
        if (_table.Find(camera) is not { IsGone: false } entry)
        {
            return Task.FromResult<string?>($"there is no camera {camera}");
        }

        if (!entry.IsOnBox)
        {
            return Task.FromResult<string?>($"camera {camera} runs nowhere now: {entry.Why}");
        }

        var choice = box is not null
            ? rooms.FirstOrDefault(room => room.Name == box) is { } named ? Placement.Choose(entry.Definition, entry.Milliseconds, [named]) : new(null, $"there is no box {box} that takes cameras now")
            : Placement.Choose(entry.Definition, entry.Milliseconds, [.. rooms.Where(room => room.Name != entry.Box)]);
        entry.Wish = choice.Box ?? entry.Wish;
        return Task.FromResult(choice.Box is null ? choice.Why : null);
    }

    /// <inheritdoc/>
    public async Task<string?> StrikeOffAsync(string box)
    {
        if (!_table.Strike(box))
        {
            return $"there is no box {box}";
        }

        await _records.KeepBoxesAsync(_table.Boxes.Select(other => other.Name));
        return null;
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        await LookAtStoreAsync();
        if (_succeeded || !_hasStore)
        {
            return;
        }

        var gone = _table.GiveUpSilent();
        foreach (var box in gone)
        {
            Log.Silent(logger, box, times.Silence.TotalSeconds);
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
                await _records.KeepBoxesAsync(_table.Boxes.Select(box => box.Name));
            }

            if (cameras != _table.Cameras.Count)
            {
                await _records.KeepCamerasAsync(_table.Cameras);
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
        if (_hasStore && time.GetElapsedTime(_trustedAt) < times.Trust / 4)
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

        // A box that still reaches the store is the better home.
        if (_succeeded || (!_hasStore && time.GetElapsedTime(_trustedAt) > 2 * times.Lease && _table.Heard().AnyWith))
        {
            DeactivateOnIdle();
        }
    }

    // A box that stood still goes on as if nothing had been until it hears that it was given up: it must not succeed the keeper that has followed its own meanwhile.
    private async Task ThrowIfGivenUpAsync(CancellationToken cancellationToken)
    {
        MembershipTableData all;
        try
        {
            all = await members.ReadAllAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FleetStoreException("the store does not tell the fleet's members", e);
        }

        if (all.TryGet(silos.SiloAddress)?.Item1.Status == SiloStatus.Dead)
        {
            throw new OrleansException("this box has been given up, and keeps the fleet no more");
        }
    }

    private BoxStatus Describe(BoxEntry box)
    {
        var (used, report) = (_table.UsedOf(box.Name), box.Report);
        var state = box.IsSilent || report is null ? "silent" : report.IsLeaving ? "leaving" : "up";
        return new(box.Name, state, time.GetElapsedTime(box.HeardAt).TotalMilliseconds, report?.Budget ?? 0, used, (report?.Budget ?? 0) - used, report?.Cameras.Length ?? 0, report?.Devices ?? [], report?.Web, report?.HasStore ?? false);
    }

    private static FleetCameraStatus Describe(CameraEntry camera) => new(
        camera.Definition.Name,
        camera.State.ToString().ToLowerInvariant(),
        camera.Box,
        camera.Epoch,
        camera.Why,
        camera.Since,
        camera.Milliseconds,
        camera.Measured is not null,
        camera.Objects,
        camera.Resumed,
        camera.Moves,
        [.. camera.Brought]);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Box {Box} keeps the fleet now (keeper {Epoch}): {Boxes} boxes and {Cameras} cameras are known")]
        public static partial void Keeps(ILogger logger, string box, long epoch, int boxes, int cameras);

        [LoggerMessage(2, LogLevel.Information, "Box {Box} has joined the fleet")]
        public static partial void Joined(ILogger logger, string box);

        [LoggerMessage(3, LogLevel.Warning, "Box {Box} was not heard for {Seconds:0.0} s; its cameras go to others")]
        public static partial void Silent(ILogger logger, string box, double seconds);

        [LoggerMessage(4, LogLevel.Information, "Camera {Camera} runs on box {Box}, activation {Epoch}: {Why}")]
        public static partial void Runs(ILogger logger, string camera, string box, long epoch, string why);

        [LoggerMessage(5, LogLevel.Warning, "Camera {Camera} does not run on box {Box}: {Why}")]
        public static partial void NotStarted(ILogger logger, string camera, string box, string why);

        [LoggerMessage(6, LogLevel.Warning, "Box {Box} did not answer about camera {Camera}: {Message}")]
        public static partial void Unsure(ILogger logger, string camera, string box, string message);

        [LoggerMessage(7, LogLevel.Warning, "The fleet goes on as it is, without its store: {Message}")]
        public static partial void NoStore(ILogger logger, string message);

        [LoggerMessage(8, LogLevel.Warning, "What the keeper knows could not be kept: {Message}")]
        public static partial void NotKept(ILogger logger, string message);

        [LoggerMessage(9, LogLevel.Information, "Camera {Camera} is to stop on box {Box}: {Why}")]
        public static partial void Stops(ILogger logger, string camera, string box, string why);
    }
}
