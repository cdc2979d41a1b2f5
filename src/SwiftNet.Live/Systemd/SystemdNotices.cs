using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Systemd;

/// <summary>Tells systemd when the service is ready, that it lives while every camera's frames get through, and when it stops.</summary>
internal sealed partial class SystemdNotices(
    ISystemdNotifier systemd, TimeSpan? interval, IReadOnlyList<FrameProgress> cameras, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SystemdNotices> logger)
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

    // Every camera is looked at each time: a look is since the last one.
    private void Look()
    {
        var stuck = cameras.Where(camera => !camera.Look()).ToArray();
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
        [LoggerMessage(1, LogLevel.Warning, "No frame of camera {Camera} got through for {Seconds:0.#} s; systemd is not pinged, and restarts the service when it stays so")]
        public static partial void Stuck(ILogger logger, string camera, double seconds);

        [LoggerMessage(2, LogLevel.Warning, "systemd could not be told {State}: {Message}")]
        public static partial void NotTold(ILogger logger, string state, string message);
    }
}
