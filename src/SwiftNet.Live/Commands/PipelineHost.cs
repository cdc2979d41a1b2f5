using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Output;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Preprocess;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Commands;

/// <summary>The generic host with the four stages, for <c>run</c> and <c>segment</c>.</summary>
internal sealed class PipelineHost : IAsyncDisposable
{
    private readonly IHost _host;

    /// <summary>Puts the pipeline together; nothing is opened before it runs.</summary>
    public PipelineHost(Configured configured, Action<IServiceCollection>? more = null)
    {
        var settings = configured.Settings;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging
            .AddConfiguration(configured.Logging)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "))
            // What ends the host is thrown to the command, which tells it in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true)
            // Together, since each waits for the one before it; only capture takes the stop as its own.
            .Configure<HostOptions>(host => (host.ServicesStopConcurrently, host.ShutdownTimeout) = (true, TimeSpan.FromSeconds(settings.Budget.DrainSeconds)))
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<PipelineRun>()
            .AddSingleton(services => FrameSources.Open(settings.Capture, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<IFrameSource>>()))
            .AddSingleton(services => PipelineQueues.Between(
                FrameSources.IsLive(settings.Capture.Live, services.GetRequiredService<IFrameSource>()),
                settings.Budget.QueueFrames,
                services.GetRequiredService<PipelineRun>().Ledger))
            .AddSinks(settings.Output)
            .AddStatusPage(settings.Web)
            .AddHostedService<CaptureStage>()
            .AddHostedService<PreprocessStage>()
            .AddHostedService<SegmentStage>()
            .AddHostedService<OutputStage>();
        more?.Invoke(builder.Services);
        _host = builder.Build();
    }

    /// <summary>What the stages share; may be watched while the pipeline runs.</summary>
    public PipelineRun Run => _host.Services.GetRequiredService<PipelineRun>();

    /// <summary>Where the frames come from; opened by the first who asks.</summary>
    /// <exception cref="UserErrorException">It cannot be opened.</exception>
    public IFrameSource Source => _host.Services.GetRequiredService<IFrameSource>();

    /// <summary>Runs it until the source ends, the process is told to stop, or a stage breaks.</summary>
    /// <exception cref="Exception">What broke the stage.</exception>
    public async Task RunAsync()
    {
        // Opens source and sinks: what cannot be opened is told before anything starts.
        _ = _host.Services.GetServices<IHostedService>();

        try
        {
            await _host.StartAsync();
        }
        catch
        {
            await _host.StopAsync();
            throw;
        }

        try
        {
            await _host.WaitForShutdownAsync();
        }
        catch (OperationCanceledException e) when (Run.Failure is null)
        {
            throw new UserErrorException($"The frames still on their way were not finished in time ({Run.Ledger.Snapshot()}). Raise Budget:DrainSeconds.", e);
        }

        if (Run.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
