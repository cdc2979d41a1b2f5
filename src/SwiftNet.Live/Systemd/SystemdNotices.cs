using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Systemd;

/// <summary>Notifies systemd: ready, watchdog pings while every camera's frames progress, and stopping.</summary>
internal sealed partial class SystemdNotices(
    ISystemdNotifier systemd, TimeSpan? interval, IReadOnlyList<FrameWatchdog> cameras, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<SystemdNotices> logger)
    : BackgroundService
{
    private static readonly ServiceState s_alive = new("WATCHDOG=1");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        using var onStopping = lifetime.ApplicationStopping.Register(() => Tell(ServiceState.Stopping));
        await started.Task.WaitAsync(stoppingToken);

        using var timer = new PeriodicTimer(interval ?? Timeout.InfiniteTimeSpan, time);
        Tell(ServiceState.Ready);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    // Check every camera each time: a check covers the time since the previous one.
    private void Look()
    {
        var stuck = cameras.Where(camera => !camera.Check()).ToArray();
        if (stuck.Length == 0)
        {
            Tell(s_alive);
            return;
        }

        foreach (var camera in stuck)
        {
            Log.Stuck(logger, camera.Camera, interval!.Value.TotalSeconds);
        }
    }

    private void Tell(ServiceState state)
    {
        try
        {
            systemd.Notify(state);
        }
        catch (SocketException e)
        {
            Log.NotTold(logger, state.ToString(), e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "No frame of camera {Camera} was processed for {Seconds:0.#} s; systemd is not pinged and will restart "
                + "the service if this lasts")]
        public static partial void Stuck(ILogger logger, string camera, double seconds);

        [LoggerMessage(2, LogLevel.Warning, "systemd could not be notified of {State}: {Message}")]
        public static partial void NotTold(ILogger logger, string state, string message);
    }
}
