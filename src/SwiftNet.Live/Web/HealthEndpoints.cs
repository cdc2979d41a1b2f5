using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Web;

/// <summary>
/// <c>/health/live</c>: the process serves. <c>/health/ready</c>: every camera delivers, or 503 with the state of each. <c>/health/ready/CAMERA</c>: this one delivers, or 503,
/// whatever the others do.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Whether the process serves; asked without a token.</summary>
    public const string Live = "/health/live";

    /// <summary>Whether every camera delivers.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Maps both.</summary>
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

/// <summary>Whether the service does what it is for.</summary>
/// <param name="Ready">Whether every camera delivers.</param>
/// <param name="Cameras">Each camera.</param>
internal sealed record ReadyStatus(bool Ready, IReadOnlyList<CameraReady> Cameras)
{
    /// <summary>As the cameras are now.</summary>
    public static ReadyStatus Of(IReadOnlyList<CameraView> cameras)
    {
        CameraReady[] states = [.. cameras.Select(camera => CameraReady.Of(camera.Name, camera.Board.Current))];
        return new ReadyStatus(Array.TrueForAll(states, camera => camera.Delivers), states);
    }
}

/// <summary>Whether one camera delivers.</summary>
/// <param name="Name">The camera.</param>
/// <param name="Delivers">Whether frames come out.</param>
/// <param name="State">One word: starting, running, draining, ended, failed.</param>
/// <param name="CapturedTime">When the newest frame that came out was captured; null before the first.</param>
/// <param name="Connection">How its source is, and what it said last.</param>
internal sealed record CameraReady(string Name, bool Delivers, string State, DateTimeOffset? CapturedTime, ConnectionStatus Connection)
{
    /// <summary>Of its status.</summary>
    public static CameraReady Of(string name, PipelineStatus status) => new(name, status.Delivers, status.State, status.CapturedTime, status.Connection);
}
