using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Control;
using SwiftNet.Live.Logging;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Systemd;
using SwiftNet.Live.Telemetry;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Hosting;

/// <summary>The generic host with a pipeline for each camera, for <c>run</c> and <c>segment</c>.</summary>
internal sealed class PipelineHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CameraAssignment _assignment;

    /// <summary>Puts the pipelines together; nothing is opened before it runs.</summary>
    /// <param name="configured">The configuration.</param>
    /// <param name="more">Adds to each camera's parts, such as sinks.</param>
    /// <param name="assignment">Which cameras run; null for those of the configuration.</param>
    public PipelineHost(Configured configured, Action<IServiceCollection>? more = null, CameraAssignment? assignment = null)
    {
        var settings = configured.Settings;
        _assignment = assignment ?? CameraAssignment.Configured;
        var cameras = _assignment.AtStart(configured);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging
            .AddConfiguration(configured.Logging)
            .AddServiceConsole(configured.Logging)
            // What ends the host is thrown to the command, which reports it in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services
            .Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true)
            .Configure<HostOptions>(
                host => (host.ServicesStopConcurrently, host.ShutdownTimeout) = (true, TimeSpan.FromSeconds(settings.Budget.DrainSeconds)))
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<SharedNetwork>()
            .AddSingleton<StateFolders>()
            .AddSingleton<ObjectEventBroadcaster>()
            .AddSingleton<PromptQueue>()
            .AddSingleton(services => new ServiceLife(services.GetRequiredService<IHostApplicationLifetime>(), Math.Max(1, cameras.Count)))
            .AddSingleton(services => Build(cameras, services, more))
            .AddSingleton(services => services.GetRequiredService<RunningCameras>().Each(camera => camera.View))
            .AddSingleton(services => services.GetRequiredService<RunningCameras>().Each(camera => camera.Control))
            .AddSingleton(services => services.GetRequiredService<RunningCameras>().Each(camera => camera.Clips))
            .AddStatusServer(settings.Web)
            .AddServiceMetrics(settings, services => services.GetRequiredService<RunningCameras>().Each(camera => camera.Measured))
            .AddSystemdNotices(services => services.GetRequiredService<RunningCameras>().Each(camera => camera.Progress))
            .AddHostedService<MemoryTrim>()
            .AddHostedService(services => services.GetRequiredService<RunningCameras>());
        _assignment.AddServices(builder, configured);
        _host = builder.Build();
    }

    /// <summary>The cameras, in the order of the configuration.</summary>
    public RunningCameras Cameras => _host.Services.GetRequiredService<RunningCameras>();

    /// <summary>What the stages of the first camera share; may be watched while the pipeline runs.</summary>
    public PipelineRun Run => Cameras[0].Run;

    /// <summary>Where the first camera's frames come from; opened by the first access.</summary>
    /// <exception cref="UserErrorException">It cannot be opened.</exception>
    public IFrameSource Source => Cameras[0].Source;

    /// <summary>Runs it until every source has ended, the process is asked to stop, or a stage breaks.</summary>
    /// <exception cref="Exception">What broke the stage.</exception>
    public async Task RunAsync()
    {
        // Before anything is opened, and SIGHUP too: the terminal is closed, or the connection to it is lost.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        // A source or sink that cannot be opened is reported before anything starts.
        foreach (var camera in Cameras)
        {
            camera.Open();
        }

        try
        {
            await _host.StartAsync();
        }
        catch (Exception e)
        {
            // Asked to end while it starts, such as while the weights load: nothing is on its way, and nothing is wrong.
            var asked = e is OperationCanceledException && IsStopping;
            try
            {
                await _host.StopAsync();
            }
            catch (InvalidOperationException) when (_assignment.Varies)
            {
                // Orleans does not stop what has not started; why it has not is what counts.
            }
            catch (OperationCanceledException) when (asked)
            {
            }

            if (Failure is { } first)
            {
                ExceptionDispatchInfo.Throw(first);
            }

            if (asked)
            {
                return;
            }

            throw;
        }

        try
        {
            await _host.WaitForShutdownAsync();
        }
        catch (Exception e)
            when (Cameras.Count == 0
                && (e is OperationCanceledException
                    || (e is AggregateException all && all.InnerExceptions.All(one => one is OperationCanceledException))))
        {
            // A fleet's box whose cameras have ended: nothing is on its way any more, and what else had to hurry is no error.
        }
        catch (OperationCanceledException e) when (Failure is null)
        {
            throw new UserErrorException(
                "The frames still on their way were not finished in time "
                    + $"({string.Join("; ", Cameras.Select(c => c.Run.Ledger.Snapshot()))}). Raise Budget:DrainSeconds.",
                e);
        }
        catch (Exception) when (Failure is not null)
        {
            // Why it ends counts, not what its parts say on their way out: a silo that was given up does not stop as others do.
        }

        if (Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Asks it to end: what was captured before is finished, and <see cref="RunAsync"/> returns.</summary>
    public void Stop() => _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    private bool IsStopping => _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Stop();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();

    private static RunningCameras Build(IReadOnlyList<CameraSettings> cameras, IServiceProvider services, Action<IServiceCollection>? more)
    {
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var latencies = services.GetService<LatencyMetrics>();
        return new RunningCameras(cameras, BuildOne, services.GetRequiredService<ServiceLife>());

        CameraPipeline BuildOne(CameraSettings camera, Action<IServiceCollection>? own)
        {
            var pipeline = new CameraPipeline(
                camera,
                services,
                cameras.Count == 1 && camera == cameras[0] ? loggers : new CameraLoggers(loggers, camera.Name),
                more + own);
            latencies?.Record(pipeline.Name, pipeline.Run);
            return pipeline;
        }
    }

    private Exception? Failure =>
        _host.Services.GetRequiredService<ServiceLife>().Failure
            ?? (_assignment.Varies ? null : Cameras.Select(camera => camera.Run.Failure).FirstOrDefault(failure => failure is not null));
}
