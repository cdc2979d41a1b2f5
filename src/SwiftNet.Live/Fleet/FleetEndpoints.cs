using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Placement;
using SwiftNet.Live.Control;
using SwiftNet.Live.Control.Api;
using SwiftNet.Live.Http;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>Fleet endpoints of every node: the page <c>/fleet</c>, its data <c>/api/fleet</c>, POST to move cameras and evict nodes, and
/// forwarding of control calls to the node that runs the camera.</summary>
/// <param name="services">The service provider.</param>
internal sealed class FleetEndpoints(IServiceProvider services)
{
    private const string CamerasPath = "/api/cameras/";
    private const int LargestBody = 64 << 20;
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly HtmlPage s_page = HtmlPage.Of("fleet.html");

    private IGrainFactory Grains => services.GetRequiredService<IGrainFactory>();

    private ICoordinatorGrain Coordinator => Grains.GetGrain<ICoordinatorGrain>(CoordinatorGrain.Key);

    /// <summary>Maps the endpoints, behind token authentication and the cross-site guard.</summary>
    public void Map(WebApplication app)
    {
        app.Use(ForwardAsync);
        app.MapGet("/fleet", static http => s_page.SendAsync(http));
        app.MapGet("/api/fleet", StatusAsync);
        app.MapPost("/api/fleet/cameras/{camera}/move", MoveAsync);
        app.MapPost("/api/fleet/boxes/{node}/gone", GoneAsync);
        if (services.GetRequiredService<FleetOptions>().Dashboard)
        {
            OrleansDashboard.Map(app, services);
        }
    }

    private async Task StatusAsync(HttpContext http) =>
        await SendAsync(http, StatusCodes.Status200OK, await AskAsync(Coordinator.StatusAsync));

    private async Task MoveAsync(HttpContext http)
    {
        var wish = await WishAsync(http);
        await ToldAsync(http, await AskAsync(() => Coordinator.MoveAsync(Named(http, "camera"), wish)));
    }

    private async Task GoneAsync(HttpContext http) =>
        await ToldAsync(http, await AskAsync(() => Coordinator.EvictAsync(Named(http, "node"))));

    // Calls for a camera on this node, or for an unknown camera, continue to this node's own endpoints.
    private async Task ForwardAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "";
        var camera = path.StartsWith(CamerasPath, StringComparison.Ordinal) ? path[CamerasPath.Length..].Split('/')[0] : "";
        if (camera.Length == 0
            || services.GetRequiredService<NodeCameras>().Has(camera)
            || await AskAsync(() => Coordinator.LocateAsync(camera)) is not { Known: true } where)
        {
            await next(http);
            return;
        }

        var silo = where.Silo
            ?? throw new ControlRefusedException(Refusal.Busy, $"Camera {camera} is not running now. Try again in a moment.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        using var body = new MemoryStream();
        await RequestReader.TakeAsync(http, async () =>
        {
            await http.Request.Body.CopyToAsync(body);
            return body.Length;
        });
        var headers = LocalApiClient.Headers.Where(name => http.Request.Headers.ContainsKey(name)).ToDictionary(
            name => name, name => http.Request.Headers[name].ToString());
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        var answer = await AskAsync(
            () =>
                Grains.GetGrain<ICameraGrain>(camera).AskAsync(
                    new(http.Request.Method, path + http.Request.QueryString, headers, body.ToArray())));
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or IOException or HttpRequestException or TaskCanceledException)
        {
            throw new ControlRefusedException(Refusal.Busy, $"The fleet does not respond now: {FleetErrorText.Of(e)}", e);
        }
    }

    private static async Task<string?> WishAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or 0)
        {
            return null;
        }

        try
        {
            using var wish = await RequestReader.TakeAsync(http, async () => await JsonDocument.ParseAsync(http.Request.Body));
            return wish.RootElement.GetProperty("box").GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ControlRefusedException(Refusal.Malformed, "The body must be {\"box\":\"NAME\"}, or empty.", e);
        }
    }

    private static string Named(HttpContext http, string what) => (string)http.Request.RouteValues[what]!;

    private static Task ToldAsync(HttpContext http, string? wrong) =>
        wrong is null
            ? SendAsync(http, StatusCodes.Status202Accepted, new { ok = true })
            : throw new ControlRefusedException(Refusal.Conflict, wrong);

    private static Task SendAsync<T>(HttpContext http, int status, T body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, s_json), http.RequestAborted).AsTask();
    }
}
