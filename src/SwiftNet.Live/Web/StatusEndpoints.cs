using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Web.Control;

namespace SwiftNet.Live.Web;

/// <summary>What an operator asks for with GET: the page, <c>/status</c>, <c>/stream.mjpg?camera=NAME</c> and health.</summary>
internal static class StatusEndpoints
{
    private const int MaxViewers = 8;

    /// <summary>Maps them, behind the token where there is one. With <paramref name="onlyHere"/>, listening on this machine alone, only its own names are answered.</summary>
    public static void MapStatus(this WebApplication app, IReadOnlyList<CameraView> cameras, WebToken? token, bool onlyHere)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var viewers = 0;

        app.Use((http, next) => Guard(http, next, onlyHere && token is null));
        app.UseControlProblems();
        if (token is not null)
        {
            app.UseToken(token);
        }

        app.UseSameSite();
        app.UseRouting();
        app.UseRequestTimeouts();
        if (token is not null)
        {
            app.MapLogin(token);
        }

        app.MapHealth(cameras);
        app.MapPage();
        app.MapGet("/status", http => SendAsync(http, "application/json", StatusOf(cameras)));
        app.MapGet("/stream.mjpg", async http =>
        {
            if (Named(cameras, http.Request.Query["camera"]) is not { } camera)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
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

    private static Task Guard(HttpContext http, RequestDelegate next, bool onlyHere)
    {
        // A foreign page may make its own name point to 127.0.0.1 and so read ours (DNS rebinding); the name it asks for gives it away.
        // With a token it could read nothing, and a proxy may ask by its own name.
        if (onlyHere && http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = HtmlPage.Nothing;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(http);
    }

    /// <summary>The camera of this name; the first one where none is named.</summary>
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

    private static byte[] StatusOf(IReadOnlyList<CameraView> cameras) =>
        JsonSerializer.SerializeToUtf8Bytes(new ServiceStatus([.. cameras.Select(camera => camera.Board.Current with { Name = camera.Name })]), StatusJson.Default.ServiceStatus);

    private static Task SendAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
