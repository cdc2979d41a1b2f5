using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Fleet.Store;
using SwiftNet.Live.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Fleet;

/// <summary>One activation of a camera on this node: its pipeline, its lease and its snapshots.</summary>
internal sealed partial class NodeCamera : IAsyncDisposable
{
    // A camera without frames answers no snapshot request; its previous snapshot stays.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly CameraDefinition _definition;
    private readonly RunningCameras _running;
    private readonly ObjectEventBroadcaster _objectEvents;
    private readonly FleetOptions _options;
    private readonly SnapshotSlots _slots;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CameraLease _lease;
    private readonly WorkRate _work;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private CameraPipeline? _pipeline;
    private CameraSnapshots _snapshots = new();
    private ChecksummedSnapshot? _resumed;
    private Task _starting = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private volatile bool _ended;
    private volatile string? _notKept;
    private readonly Lazy<Task> _stopping;
    private PipelineRun? _run;
    private CameraView? _view;

    /// <summary>Prepares an activation; nothing starts yet.</summary>
    /// <param name="definition">The camera's definition.</param>
    /// <param name="epoch">The activation number.</param>
    /// <param name="node">This node's lease.</param>
    /// <param name="running">Runs the pipeline.</param>
    /// <param name="store">The store for snapshots.</param>
    /// <param name="objectEvents">Receives object changes.</param>
    /// <param name="options">The fleet options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public NodeCamera(
        CameraDefinition definition,
        long epoch,
        NodeLease node,
        RunningCameras running,
        IFleetStore store,
        ObjectEventBroadcaster objectEvents,
        FleetOptions options,
        TimeProvider time,
        ILogger logger)
    {
        (_definition, _running, _objectEvents, _options, _time, _logger) = (definition, running, objectEvents, options, time, logger);
        _lease = new CameraLease(epoch, () => node.Holds);
        _slots = new SnapshotSlots(store, definition.Name, epoch, logger);
        _work = new WorkRate(time);
        _stopping = new Lazy<Task>(EndAsync);
    }

    /// <summary>The activation number.</summary>
    public long Epoch => _lease.Epoch;

    /// <summary>Starts the pipeline, from the newest snapshot if there is one.</summary>
    /// <param name="camera">The camera's settings on this node.</param>
    /// <param name="lifetime">The host's lifetime.</param>
    /// <exception cref="UserErrorException">The camera cannot be started.</exception>
    /// <exception cref="FleetStoreException">The store cannot be reached.</exception>
    public Task StartAsync(CameraSettings camera, IHostApplicationLifetime lifetime) => _starting = BeginAsync(camera, lifetime);

    private async Task BeginAsync(CameraSettings camera, IHostApplicationLifetime lifetime)
    {
        if (_stopping.IsValueCreated)
        {
            throw new UserErrorException("the camera was stopped before it had started");
        }

        _resumed = await _slots.NewestAsync();
        _snapshots = new CameraSnapshots(_resumed?.Bytes) { Changed = () => Signal(_changed) };
        var life = new ServiceLife(() => _ended = true, cameras: 1, lifetime.ApplicationStarted, _stop.Token);
        _pipeline = await _running.TakeInAsync(camera, parts =>
        {
            parts.AddSingleton(_lease).AddSingleton(_snapshots).AddSingleton(life);
            // Snapshots are commands, so they need CameraControl even if remote control is off.
            parts.TryAddSingleton(_objectEvents);
            parts.TryAddSingleton<CameraControl>();
            if (_options.StubMilliseconds > 0)
            {
                TimedStubStage.StandIn(parts, TimeSpan.FromMilliseconds(_options.StubMilliseconds));
            }
        });
        (_run, _view) = (_pipeline.Run, _pipeline.View);
        _keeping = Task.Run(KeepAsync);
        Log.Started(
            _logger,
            camera.Name,
            Epoch,
            _resumed is { } from ? $"restored from the snapshot of activation {from.Epoch}" : "without a snapshot");
    }

    /// <summary>Stops the camera: finishes captured frames, and saves a last snapshot while the lease holds.</summary>
    public Task StopAsync() => _stopping.Value;

    // Runs once; all callers await the same task.
    private async Task EndAsync()
    {
        await _starting.ContinueWith(static _ => { }, TaskScheduler.Default);
        if (_pipeline is null)
        {
            return;
        }

        await _stop.CancelAsync();
        await _keeping;
        await _running.LetGoAsync(_pipeline);
        // The segment stage has written a last snapshot while stopping.
        if (_snapshots.Newest is { } last && _lease.Holds)
        {
            await PutAsync(last);
        }

        Log.Stopped(_logger, _definition.Name, Epoch, _lease.Holds ? "its state is saved" : "it runs on another node");
    }

    /// <summary>Revokes the lease, since the camera runs on another node: no further output leaves this activation.</summary>
    /// <returns>Whether the lease had not been revoked before.</returns>
    public bool Revoke() => _lease.Revoke();

    /// <summary>The camera's current state.</summary>
    public RunningReport Report()
    {
        // Not read through the pipeline, which may have ended.
        if (_run is not { } run)
        {
            return new(_definition.Name, Epoch, null, "starting", null, 0, 0);
        }

        var failure = run.Failure;
        var state = failure is not null ? "failed" : _ended ? "ended" : "running";
        return new(
            _definition.Name,
            Epoch,
            _work.Rate(run.Parts.DeviceTime),
            state,
            failure is UserErrorException ? failure.Message : failure?.GetType().Name,
            _view?.Board.Current.Objects.Count ?? 0,
            _resumed?.Epoch ?? 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _changed.Dispose();
    }

    // Saves a snapshot periodically, and immediately after a change of objects.
    private async Task KeepAsync()
    {
        var period = TimeSpan.FromSeconds(_options.SnapshotSeconds);
        try
        {
            while (!_ended)
            {
                await _changed.WaitAsync(period, _stop.Token);
                await KeepOneAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task KeepOneAsync()
    {
        try
        {
            var snapshot = await _snapshots.AskAsync().WaitAsync(s_patience, _time, _stop.Token);
            if (_lease.Holds)
            {
                await PutAsync(snapshot);
            }
        }
        catch (TimeoutException)
        {
        }
    }

    private async Task PutAsync(byte[] snapshot)
    {
        try
        {
            if (!await _slots.KeepAsync(snapshot))
            {
                Log.Succeeded(_logger, _definition.Name, Epoch);
                _lease.Revoke();
            }

            _notKept = null;
        }
        catch (FleetStoreException e)
        {
            // Log once, until a snapshot is saved again.
            if (_notKept is null)
            {
                Log.NotKept(_logger, _definition.Name, e.Message);
            }

            _notKept = e.Message;
        }
    }

    private static void Signal(SemaphoreSlim semaphore)
    {
        try
        {
            semaphore.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // A snapshot is already requested, or the camera has been disposed.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Camera {Camera} started on this node, activation {Epoch}, {From}")]
        public static partial void Started(ILogger logger, string camera, long epoch, string from);

        [LoggerMessage(2, LogLevel.Information, "Camera {Camera} stopped on this node, activation {Epoch}; {What}")]
        public static partial void Stopped(ILogger logger, string camera, long epoch, string what);

        [LoggerMessage(3, LogLevel.Warning, "Camera {Camera} runs on another node; activation {Epoch} stops")]
        public static partial void Succeeded(ILogger logger, string camera, long epoch);

        [LoggerMessage(4, LogLevel.Warning, "The state of camera {Camera} could not be saved and will be retried: {Message}")]
        public static partial void NotKept(ILogger logger, string camera, string message);
    }
}
