using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output;
using SwiftNet.Live.Output.Clips;
using SwiftNet.Live.Output.Folders;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Preprocess;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Status;
using SwiftNet.Live.Telemetry;
using SwiftNet.Live.Web;
using SwiftNet.Live.Zones;

namespace SwiftNet.Live.Hosting;

/// <summary>One camera's way from capture to output: source, queues, four stages and sinks of its own; network, clock and page are the
/// service's.</summary>
internal sealed class CameraPipeline : IHostedService, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StateFolders _stateFolders;
    private readonly bool _keepsObjects;
    private IHostedService[] _stages = [];

    /// <summary>Puts it together; nothing is opened before <see cref="Open"/>.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="service">What all cameras share.</param>
    /// <param name="loggers">Where this camera's log goes.</param>
    /// <param name="more">Adds to its parts, such as sinks.</param>
    public CameraPipeline(CameraSettings camera, IServiceProvider service, ILoggerFactory loggers, Action<IServiceCollection>? more)
    {
        var settings = camera.Settings;
        Settings = settings;
        Name = camera.Name;
        var parts = new ServiceCollection()
            .AddSingleton(loggers)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton(settings)
            .AddSingleton(camera)
            .AddSingleton(service.GetRequiredService<TimeProvider>())
            // As an instance: what a factory gives would go with the camera.
            .AddSingleton(service.GetRequiredService<SharedNetwork>())
            .AddSingleton(service.GetRequiredService<ServiceLife>())
            .AddSingleton<PipelineRun>()
            .AddSingleton(new ObjectHandover())
            .AddSingleton(of => Zones(camera, of))
            .AddControl(settings, service)
            .AddSingleton(
                of =>
                    FrameSources.Open(
                        settings.Capture, of.GetRequiredService<TimeProvider>(), of.GetRequiredService<ILogger<IFrameSource>>()))
            .AddSingleton(of => Queues(settings, of.GetRequiredService<IFrameSource>(), of.GetRequiredService<PipelineRun>()))
            .AddSinks(settings.Output, camera.Name)
            .AddStatus(settings.HasMetrics())
            .AddHostedService<CaptureStage>()
            .AddHostedService<PreprocessStage>()
            .AddHostedService<SegmentStage>()
            .AddHostedService<OutputStage>()
            .AddHostedService<PreviewStage>();
        more?.Invoke(parts);
        _services = parts.BuildServiceProvider();
        _stateFolders = service.GetRequiredService<StateFolders>();

        // In a fleet they are kept elsewhere.
        _keepsObjects = !parts.Any(part => part.ServiceType == typeof(CameraSnapshots));
    }

    /// <summary>The camera's name.</summary>
    public string Name { get; }

    /// <summary>The configuration it runs by.</summary>
    public Settings Settings { get; }

    /// <summary>What its stages share; may be watched while the pipeline runs.</summary>
    public PipelineRun Run => _services.GetRequiredService<PipelineRun>();

    /// <summary>Where its frames come from; opened by the first access.</summary>
    /// <exception cref="UserErrorException">It cannot be opened.</exception>
    public IFrameSource Source => _services.GetRequiredService<IFrameSource>();

    /// <summary>Whether its frames get through; while the source is away and tried again, none are awaited.</summary>
    public FrameWatchdog Progress =>
        field ??= new(
            Name,
            Run,
            () => TimeSpan.FromSeconds(1 / Source.FrameRate),
            () => Source.Status.State is not (SourceState.Streaming or SourceState.Ended),
            _services.GetRequiredService<TimeProvider>());

    /// <summary>What the page shows of it; null where the web server is off.</summary>
    public CameraView? View => _services.GetService<CameraView>();

    /// <summary>What can be done to its objects; null where no command is taken.</summary>
    public CameraControl? Control => Settings.TakesCommands() ? _services.GetService<CameraControl>() : null;

    /// <summary>Its event clips.</summary>
    public CameraClips Clips => _services.GetRequiredService<CameraClips>();

    /// <summary>The figures for metrics; null where the web server is off.</summary>
    public MeasuredCamera? Measured => field ??= View is { } view ? new(Name, Run, view.Board) : null;

    /// <summary>Opens source and sinks, so that a failure to open one is reported before anything starts.</summary>
    /// <exception cref="UserErrorException">One of them cannot be opened.</exception>
    public void Open()
    {
        if (_keepsObjects
            && FrameSources.IsLive(Settings.Capture.Live, Source)
            && ObjectKeeper.FolderOf(Settings.Objects.StateFolder) is { } state)
        {
            _stateFolders.Take(state);
        }

        if (Settings.Output.Recording.Enabled || Settings.Output.Clips.Enabled)
        {
            _services.GetRequiredService<ResultFolder>().Claim();
        }

        _stages = [.. _services.GetServices<IHostedService>()];
    }

    /// <summary>Its objects, where it starts anew.</summary>
    public ObjectHandover Handover => _services.GetRequiredService<ObjectHandover>();

    /// <summary>Whether a change of this option, given by its full key, restarts this camera only: the source of its pictures has
    /// changed.</summary>
    public static bool NeedsNewStart(string key) => key.StartsWith("Capture:", StringComparison.Ordinal);

    /// <summary>Whether an option, given by its full key, can change while the camera runs.</summary>
    public static bool CanChange(string key) =>
        IsThreshold(key) || IsOfZones(key) || SinkRegistration.Changeable.Any(sink => sink.GoesBy(key));

    /// <summary>Takes over changed options while it runs.</summary>
    /// <param name="settings">The whole configuration as it is now.</param>
    /// <param name="changed">The options that differ, of those that <see cref="CanChange"/> names.</param>
    public void Change(Settings settings, IReadOnlyCollection<string> changed)
    {
        if (changed.Any(IsThreshold))
        {
            var memory = settings.Memory;
            Run.Thresholds = new TriggerThresholds(memory.FrameThreshold, memory.MaskThreshold, memory.WriteAreaThreshold);
        }

        if (changed.Any(IsOfZones))
        {
            _services.GetRequiredService<CameraZones>().Change(settings.Zones);
        }

        var changes = _services.GetRequiredService<SinkChanges>();
        foreach (var sink in SinkRegistration.Changeable.Where(sink => changed.Any(sink.GoesBy)))
        {
            changes.Put(new SinkChange(sink, sink.IsWanted(settings.Output) ? () => sink.Make(settings.Output, Name, _services) : null));
        }
    }

    private static bool IsThreshold(string key) => key is "Memory:FrameThreshold" or "Memory:MaskThreshold" or "Memory:WriteAreaThreshold";

    private static bool IsOfZones(string key) => key.StartsWith("Zones:", StringComparison.Ordinal);

    /// <summary>Starts the stages, in the order of the frame's way; each is open before the next one starts.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _stages)
        {
            await stage.StartAsync(cancellationToken);
        }
    }

    /// <summary>Stops them together, since each waits for the one before it; only capture takes the stop as its own.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_stages.Select(stage => stage.StopAsync(cancellationToken)));

    private static PipelineQueues Queues(Settings settings, IFrameSource source, PipelineRun run) =>
        FrameSources.IsLive(settings.Capture.Live, source)
        ? PipelineQueues.Live(run.Ledger, settings.Output.ShowsLatest ? run.Shown : null)
        : PipelineQueues.Waiting(settings.Budget.QueueFrames);

    // Kept beside the objects, under the same conditions.
    private static CameraZones Zones(CameraSettings camera, IServiceProvider of)
    {
        var settings = camera.Settings;
        return of.GetService<CameraSnapshots>() is null
            && FrameSources.IsLive(settings.Capture.Live, of.GetRequiredService<IFrameSource>())
            && ObjectKeeper.FolderOf(settings.Objects.StateFolder) is { } folder
                ? new CameraZones(settings.Zones, content => new ZoneKeeper(
                    Path.Combine(folder, $"{camera.Name}.zones"),
                    content,
                    of.GetRequiredService<TimeProvider>(),
                    of.GetRequiredService<ILogger<ZoneKeeper>>()))
                : new CameraZones(settings.Zones);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
