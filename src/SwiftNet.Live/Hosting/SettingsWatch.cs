using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Hosting;

/// <summary>
/// Takes over changes of the settings files while the service runs, where that is safe: cameras that are added or taken away, thresholds,
/// and outputs with queues or files of their own. A camera whose source has changed starts anew, and no other. What else has changed is
/// logged and waits for the next start; a file that is wrong is logged and changes nothing.
/// </summary>
/// <param name="before">The configuration that the service was started with.</param>
/// <param name="changes">The files, and how to read them again.</param>
/// <param name="cameras">The cameras that run.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log of changed settings.</param>
internal sealed partial class SettingsWatch(
    Configured before, SettingsSource changes, RunningCameras cameras, TimeProvider time, ILogger<SettingsWatch> logger) : BackgroundService
{
    // Looked at, not notified of: that works on every file system and however an editor replaces a file.
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);
    private Configured _before = before;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        var (known, seen) = (changes.Stamp(), changes.Stamp());
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A file that still changes is being written.
            var now = changes.Stamp();
            if (now != known && now == seen)
            {
                known = now;
                await ApplyAsync();
            }

            seen = now;
        }
    }

    private async Task ApplyAsync()
    {
        Configured after;
        try
        {
            after = changes.Read();
        }
        catch (UserErrorException e)
        {
            Log.Refused(logger, e.Message);
            return;
        }

        CameraPipeline[] gone = [.. cameras.Where(camera => after.Cameras.All(other => other.Name != camera.Name))];
        CameraSettings[] come = [.. after.Cameras.Where(camera => cameras.All(other => other.Name != camera.Name))];
        await ChangeAsync(after);
        _before = after;
        foreach (var (camera, why) in await cameras.ChangeAsync(gone, come))
        {
            Log.NotAdded(logger, camera, why);
        }

        foreach (var camera in gone)
        {
            Log.Gone(logger, camera.Name);
        }

        foreach (var camera in come.Where(camera => cameras.Any(other => other.Name == camera.Name)))
        {
            Log.Added(logger, camera.Name);
        }
    }

    // For a camera that stays, its own configuration; the common one where it is not the cameras'.
    private async Task ChangeAsync(Configured after)
    {
        foreach (var camera in cameras.ToArray())
        {
            var (old, now) = (Find(_before, camera.Name), Find(after, camera.Name));
            if (old is null || now is null)
            {
                continue;
            }

            string[] changed = [.. SettingsDifference.Between(old.Settings, now.Settings).Where(key => !CamerasReader.IsCommon(key))];
            if (Array.Exists(changed, CameraPipeline.NeedsNewStart))
            {
                await RestartAsync(camera, now, changed);
            }
            else
            {
                Change(camera, now.Settings, changed.ToLookup(CameraPipeline.CanChange));
            }
        }

        TellWhatWaits("the service", SettingsDifference.Between(_before.Settings, after.Settings).Where(CamerasReader.IsCommon));
    }

    // With all that has changed for it; what is one for all cameras stays as it was.
    private async Task RestartAsync(CameraPipeline camera, CameraSettings now, string[] changed)
    {
        var (name, old) = (camera.Name, camera.Settings);
        Log.StartsAnew(logger, name, string.Join(", ", changed));
        if (await cameras.RestartAsync(
            camera,
            now with { Settings = now.Settings with { Web = old.Web, Metrics = old.Metrics, Preprocess = old.Preprocess } }) is { } why)
        {
            Log.NotRestarted(logger, name, why);
        }
    }

    private void Change(CameraPipeline camera, Settings now, ILookup<bool, string> changed)
    {
        if (changed[true].Any())
        {
            camera.Change(now, [.. changed[true]]);
            Log.Changed(logger, camera.Name, string.Join(", ", changed[true]));
        }

        TellWhatWaits($"camera {camera.Name}", changed[false]);
    }

    private void TellWhatWaits(string whose, IEnumerable<string> keys)
    {
        var waiting = string.Join(", ", keys);
        if (waiting.Length > 0)
        {
            Log.Waits(logger, whose, waiting);
        }
    }

    private static CameraSettings? Find(Configured configured, string camera) =>
        configured.Cameras.FirstOrDefault(other => other.Name == camera);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The changed configuration is refused, the one before stays in force. {Message}")]
        public static partial void Refused(ILogger logger, string message);

        [LoggerMessage(2, LogLevel.Information, "Camera {Camera} was added to the configuration and runs")]
        public static partial void Added(ILogger logger, string camera);

        [LoggerMessage(3, LogLevel.Information, "Camera {Camera} was taken out of the configuration and has ended")]
        public static partial void Gone(ILogger logger, string camera);

        [LoggerMessage(4, LogLevel.Error, "Camera {Camera} was added to the configuration and cannot run: {Why}")]
        public static partial void NotAdded(ILogger logger, string camera, string why);

        [LoggerMessage(7, LogLevel.Information, "Changed for camera {Camera}, which starts anew: {Keys}")]
        public static partial void StartsAnew(ILogger logger, string camera, string keys);

        [LoggerMessage(
            8,
            LogLevel.Error,
            "Camera {Camera} cannot run with its changed configuration: {Why}. It is tried again when the configuration changes")]
        public static partial void NotRestarted(ILogger logger, string camera, string why);

        [LoggerMessage(6, LogLevel.Information, "Changed for camera {Camera}, and in force: {Keys}")]
        public static partial void Changed(ILogger logger, string camera, string keys);

        [LoggerMessage(5, LogLevel.Warning, "Changed for {Whose}, and in force with the next start: {Keys}")]
        public static partial void Waits(ILogger logger, string whose, string keys);
    }
}
