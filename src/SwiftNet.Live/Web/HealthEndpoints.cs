using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Web;

/// <summary>
/// <c>/health/live</c>: the process responds. <c>/health/ready</c>: every camera delivers frames, or 503 with each camera's state.
/// <c>/health/ready/CAMERA</c>: this camera
/// delivers frames, or 503.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Liveness of the process; needs no token.</summary>
    public const string Live = "/health/live";

    /// <summary>Readiness: whether every camera delivers frames.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Maps the endpoints.</summary>
    public static void MapHealth(this WebApplication app, IReadOnlyList<CameraView> cameras)
    {
        app.MapGet(Live, static http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync("live\n", http.RequestAborted);
        });
        app.MapGet(Ready, http =>
        {
            var status = ReadyStatus.Of(cameras);
            return Answer(http, status.Ready, JsonSerializer.SerializeToUtf8Bytes(status, StatusJson.Default.ReadyStatus));
        });
        app.MapGet(Ready + "/{camera}", http =>
        {
            var name = http.Request.RouteValues["camera"] as string;
            if (cameras.FirstOrDefault(camera => camera.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            var status = CameraReady.Of(known.Name, known.Board.Current);
            return Answer(http, status.Delivers, JsonSerializer.SerializeToUtf8Bytes(status, StatusJson.Default.CameraReady));
        });
    }

    private static Task Answer(HttpContext http, bool ready, byte[] json)
    {
        http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(json, http.RequestAborted).AsTask();
    }
}

/// <summary>Readiness of the service.</summary>
/// <param name="Ready">Whether every camera delivers frames.</param>
/// <param name="Cameras">Readiness of each camera.</param>
internal sealed record ReadyStatus(bool Ready, IReadOnlyList<CameraReady> Cameras)
{
    /// <summary>The current readiness.</summary>
    public static ReadyStatus Of(IReadOnlyList<CameraView> cameras)
    {
        CameraReady[] states = [.. cameras.Select(camera => CameraReady.Of(camera.Name, camera.Board.Current))];
        return new ReadyStatus(Array.TrueForAll(states, camera => camera.Delivers), states);
    }
}

/// <summary>Readiness of a camera.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="Delivers">Whether the camera delivers frames.</param>
/// <param name="State">starting, running, draining, ended or failed.</param>
/// <param name="CapturedTime">Capture time of the newest delivered frame; null before the first.</param>
/// <param name="Connection">Status of the source.</param>
internal sealed record CameraReady(string Name, bool Delivers, string State, DateTimeOffset? CapturedTime, ConnectionStatus Connection)
{
    /// <summary>Converts a camera's status.</summary>
    public static CameraReady Of(string name, PipelineStatus status) =>
        new(name, status.Delivers, status.State, status.CapturedTime, status.Connection);
}
