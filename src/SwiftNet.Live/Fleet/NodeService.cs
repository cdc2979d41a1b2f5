using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Fleet;

/// <summary>This node's membership in the fleet: registers its cameras, reports to the coordinator about once a second, and stops cameras
/// whose lease is lost. On shutdown it waits until its cameras run on other nodes.</summary>
internal sealed partial class NodeService(
    Configured configured,
    FleetOptions options,
    FleetTimes times,
    NodeLease lease,
    NodeCameras cameras,
    IFleetStore store,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    ServiceLife life,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<NodeService> logger) : BackgroundService, IHostedLifecycleService
{
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _reporting = new(1);
    private volatile bool _started;
    private volatile bool _leaving;
    private volatile bool _hasStore = true;
    private volatile int _others;
    private long _storeSeen = time.GetTimestamp();
    private long _reports;
    private long _coordinator;
    private long _declared;
    private string? _told;
    private bool _let;

    private ICoordinatorGrain Coordinator => grains.GetGrain<ICoordinatorGrain>(CoordinatorGrain.Key);

    /// <summary>Prepares the store before any other service starts.</summary>
    /// <exception cref="UserErrorException">The store cannot be used.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.PrepareAsync();
        }
        catch (FleetStoreException e)
        {
            throw new UserErrorException(
                $"Fleet:ConnectionString=***: {e.Message}. Check that the store is running and that address and password are correct.", e);
        }
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    /// <summary>Before other services stop: waits while the cameras move to other nodes one by one; until then they keep running
    /// here.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _leaving = true;
        if (!_started)
        {
            return;
        }

        if (lease.HasEnded)
        {
            // The fleet has evicted this node: no coordinator would answer.
            await cameras.LetGoOfAllAsync();
            return;
        }

        try
        {
            await ReportAsync().WaitAsync(cancellationToken);
            if (cameras.Count > 0 && _others > 0)
            {
                Log.Leaving(logger, cameras.Count);
            }

            // Without the store no other node can take over.
            while (cameras.Count > 0 && _others > 0 && time.GetElapsedTime(Interlocked.Read(ref _storeSeen)) < times.Lease)
            {
                await Task.Delay(times.ReportInterval / 4, time, cancellationToken);
            }

            await cameras.StopAllAsync();
            await ReportAsync().WaitAsync(cancellationToken);
            if (_others > 0)
            {
                await Coordinator.EvictAsync(options.NodeName).WaitAsync(cancellationToken);
            }
        }
        catch (Exception e)
            when (e is OrleansException or TimeoutException or OperationCanceledException or IOException or InvalidOperationException)
        {
            Log.LeftAlone(logger, FleetErrorText.Of(e));
            await cameras.StopAllAsync();
        }
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        await Task.WhenAll(LookAtStoreAsync(stoppingToken), WatchLeaseAsync(stoppingToken), ReportsAsync(stoppingToken));
    }

    private async Task ReportsAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(times.ReportInterval, time);
        do
        {
            try
            {
                await ReportAsync();
                await RegisterAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                TellOnce(FleetErrorText.Of(e));
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    // Registers once with every new coordinator.
    private async Task RegisterAsync()
    {
        if (!lease.Holds || _declared == _coordinator)
        {
            return;
        }

        var coordinator = _coordinator;
        if (await Coordinator.RegisterAsync(options.NodeName, [.. CameraDefinition.AllOf(configured.Whole!)]) is { } wrong)
        {
            life.Fail(new UserErrorException(wrong));
        }

        _declared = coordinator;
    }

    private async Task ReportAsync()
    {
        await _reporting.WaitAsync();
        try
        {
            var sent = time.GetTimestamp();
            var answer = await Coordinator.ReportAsync(new NodeReport(
                options.NodeName,
                _instance,
                ++_reports,
                silo.SiloAddress,
                options.BudgetMilliseconds,
                options.DeviceList,
                configured.Settings.Web is { Enabled: true } web
                    ? WebOptions.ReachedAt(new Uri(web.Address), options.Address).ToString()
                    : null,
                _hasStore,
                _leaving,
                cameras.Report()));
            (_others, _coordinator) = (answer.Others, answer.Coordinator);

            // Revoke first, before the renewed lease allows further output.
            foreach (var (camera, epoch) in answer.LetGo)
            {
                if (cameras.LetGo(camera, epoch))
                {
                    Log.LetsGo(logger, camera, epoch);
                }
            }

            if (answer.Granted)
            {
                lease.Renew(sent);
                (_told, _let) = (null, false);
            }
            else
            {
                TellOnce(answer.Why!);
            }
        }
        finally
        {
            _reporting.Release();
        }
    }

    // Output ends when the lease expires; cameras are closed if the lease is not renewed for another lease duration.
    private async Task WatchLeaseAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(times.ReportInterval / 2, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (!lease.Holds && lease.Over > times.Lease && cameras.Count > 0 && !_let)
            {
                _let = true;
                Log.Over(logger, cameras.Count, lease.Over.TotalSeconds);
                await cameras.LetGoOfAllAsync();
            }
        }
    }

    private async Task LookAtStoreAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(times.ReportInterval / 2, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await store.EpochAsync(CoordinatorGrain.Key);
                Interlocked.Exchange(ref _storeSeen, time.GetTimestamp());
                _hasStore = true;
            }
            catch (FleetStoreException)
            {
                _hasStore = false;
            }
        }
    }

    private void TellOnce(string why)
    {
        if (why != _told)
        {
            _told = why;
            Log.NotGranted(logger, why);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The lease of this node was not renewed: {Why}")]
        public static partial void NotGranted(ILogger logger, string why);

        [LoggerMessage(2, LogLevel.Warning, "Camera {Camera} runs on another node; activation {Epoch} stops here")]
        public static partial void LetsGo(ILogger logger, string camera, long epoch);

        [LoggerMessage(
            3, LogLevel.Error, "This node lost contact with its fleet: {Count} cameras, without output for {Seconds:0.0} s, are stopped")]
        public static partial void Over(ILogger logger, int count, double seconds);

        [LoggerMessage(4, LogLevel.Information, "{Count} cameras move to other nodes before this node stops")]
        public static partial void Leaving(ILogger logger, int count);

        [LoggerMessage(5, LogLevel.Warning, "This node stops without handing over its cameras: {Message}")]
        public static partial void LeftAlone(ILogger logger, string message);
    }
}
