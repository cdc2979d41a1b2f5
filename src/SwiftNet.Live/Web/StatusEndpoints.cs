using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Http;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Web;

/// <summary>GET endpoints for operators: the page, <c>/status</c>, <c>/stream.mjpg?camera=NAME</c> and health.</summary>
internal static class StatusEndpoints
{
    private const int MaxViewers = 8;

    /// <summary>Maps the endpoints.</summary>
    /// <param name="app">The web application.</param>
    /// <param name="cameras">The cameras.</param>
    /// <param name="hasLogin">Whether a token is required.</param>
    /// <param name="time">The clock.</param>
    public static void MapStatus(this WebApplication app, IReadOnlyList<CameraView> cameras, bool hasLogin, TimeProvider time)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var viewers = 0;

        app.MapHealth(cameras);
        app.MapPage();
        app.MapGet("/status", http => SendAsync(http, "application/json", StatusOf(cameras, hasLogin, time)));
        app.MapGet("/stream.mjpg", async http =>
        {
            if (Named(cameras, http.Request.Query["camera"]) is not { } camera)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            if (http.IsHead())
            {
                http.Response.ContentType = MjpegStream.ContentType;
                return;
            }

            try
            {
                if (Interlocked.Increment(ref viewers) > MaxViewers)
                {
                    http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    return;
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
                await MjpegStream.SendAsync(camera.Preview, http.Response, either.Token);
            }
            finally
            {
                Interlocked.Decrement(ref viewers);
            }
        }).DisableRequestTimeout();
    }

    /// <summary>The camera of this name; the first camera if no name is given.</summary>
    private static CameraView? Named(IReadOnlyList<CameraView> cameras, string? name)
    {
        foreach (var camera in cameras)
        {
            if (string.IsNullOrEmpty(name) || camera.Name == name)
            {
                return camera;
            }
        }

        return null;
    }

    private static byte[] StatusOf(IReadOnlyList<CameraView> cameras, bool hasLogin, TimeProvider time) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ServiceStatus([.. cameras.Select(camera => camera.Board.Current with { Name = camera.Name })], hasLogin, time.GetUtcNow()),
            StatusJson.Default.ServiceStatus);

    private static Task SendAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
