using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Capture;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Mqtt;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Commands.Doctor;

/// <summary>What the settings name outside of this program, each tried once: folders, cameras, broker, and the servers that results go
/// to.</summary>
internal static class SettingsChecks
{
    // A second try distinguishes an absent camera from one that was only slow to close the last connection.
    private const int Tries = 2;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(10);

    /// <summary>The checks.</summary>
    /// <param name="cameras">The cameras with their settings.</param>
    /// <param name="running">The service, where it runs already.</param>
    public static IEnumerable<Check> For(IReadOnlyList<CameraSettings> cameras, RunningService? running)
    {
        foreach (var folder in cameras.Select(camera => camera.Settings.Output.Directory).Distinct())
        {
            yield return new Check("output", () => Folder(folder, "Output:Directory"));
        }

        if (ObjectKeeper.FolderOf(cameras[0].Settings.Objects.StateFolder) is { } state)
        {
            yield return new Check("state", () => Folder(state, "Objects:StateFolder"));
        }

        foreach (var camera in cameras)
        {
            yield return new Check(
                $"camera {camera.Name}",
                () =>
                    running?.Delivers(camera.Name) == true
                        ? Finding.Fine("delivers pictures to the service, which runs")
                        : Camera(camera.Settings.Capture));
        }

        foreach (var mqtt in cameras.Select(camera => camera.Settings.Output.Mqtt)
            .Where(mqtt => !string.IsNullOrEmpty(mqtt.Host))
            .Distinct())
        {
            yield return new Check("MQTT", () => Broker(mqtt));
        }

        foreach (var url in cameras.SelectMany(camera => new[] { camera.Settings.Output.Rtsp.Url, camera.Settings.Output.Webhook.Url })
            .Where(url => !string.IsNullOrEmpty(url))
            .Distinct())
        {
            yield return new Check("server", () => Server(new Uri(url!)));
        }
    }

    // The folder itself is left to the service, whose user may be another.
    private static Finding Folder(string folder, string key)
    {
        var path = Path.GetFullPath(folder);
        var there = path;
        while (!Directory.Exists(there) && !File.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        try
        {
            using var probe = new FileStream(
                Path.Combine(there, $".probe-{Guid.NewGuid():N}"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose);
            return Finding.Fine(there == path ? $"{path} takes files" : $"{path} can be made");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Fails($"{path} takes no files ({e.Message}); set {key} to another folder, or mend its permissions");
        }
    }

    private static Finding Camera(CaptureOptions options)
    {
        using var source = FrameSources.Open(options, TimeProvider.System, NullLogger.Instance);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(options.OpenSeconds) + s_answer);
        // Reading from a camera waits as long as it takes; what was tried is in its status.
        using var look = new Timer(_ =>
        {
            if (source.Status.FailedTries >= Tries || source.Status.Fault == SourceFault.Authentication)
            {
                enough.Cancel();
            }
        }, null, s_look, s_look);
        try
        {
            using var frame = source.Read(enough.Token);
            return frame is null
                ? Finding.Fails($"{source.Name} holds no picture")
                : Finding.Fine($"{source.Name} gives pictures of {frame.Width}x{frame.Height}");
        }
        catch (OperationCanceledException)
        {
            return Finding.Fails(
                $"{source.Name} gives no picture: "
                    + $"{source.Status.Error ?? $"none within {options.OpenSeconds + s_answer.TotalSeconds:0} s"}");
        }
        catch (IOException e)
        {
            return Finding.Fails($"{source.Name} gives no picture: {e.Message}");
        }
    }

    private static Finding Broker(MqttOptions options)
    {
        using var late = new CancellationTokenSource(s_answer);
        try
        {
            using var connection = MqttConnection.OpenAsync(MqttConnection.Describe(options, $"{options.Topic}/doctor"), late.Token)
                .GetAwaiter()
                .GetResult();
            connection.CloseAsync(late.Token).GetAwaiter().GetResult();
            return Finding.Fine($"the broker {options.Host}:{options.Port} lets this service in");
        }
        catch (Exception e) when (e is not UserErrorException)
        {
            return Finding.Fails(
                $"the broker {options.Host}:{options.Port} does not let this service in: "
                    + $"{(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}");
        }
    }

    // Results wait for such a server, so the service runs without it.
    private static Finding Server(Uri uri)
    {
        var port = uri.Port > 0 ? uri.Port : uri.Scheme == "rtsps" ? 322 : 554;
        using var late = new CancellationTokenSource(s_answer);
        try
        {
            using var client = new TcpClient();
            client.ConnectAsync(uri.DnsSafeHost, port, late.Token).AsTask().GetAwaiter().GetResult();
            return Finding.Fine($"{uri.Scheme}://{uri.Host}:{port} is reached");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return Finding.Note($"{uri.Scheme}://{uri.Host}:{port} is not reached ({e.Message}); results are sent once it is");
        }
    }
}
