using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using SwiftNet.Live.Fleet.Keeping;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Fleet;

/// <summary>The fleet, as every box serves it: <c>/fleet</c>, the page; <c>/api/fleet</c>, the same as JSON; moves and lost boxes told by POST; and control calls for cameras of other boxes, which are asked there.</summary>
internal sealed class FleetEndpoints(IServiceProvider services)
{
    private const string CamerasPath = "/api/cameras/";
    private const int LongestBody = 8 << 20;
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly HtmlPage s_page = HtmlPage.Of("fleet.html");

    private IKeeperGrain Keeper => services.GetRequiredService<IGrainFactory>().GetGrain<IKeeperGrain>(KeeperGrain.Key);

    /// <summary>Maps them.</summary>
    public void Map(WebApplication app)
    {
        app.Use(ForwardAsync);
        app.MapGet("/fleet", static http => s_page.SendAsync(http));
        app.MapGet("/api/fleet", http => AnswerAsync(http, async () => await SendAsync(http, StatusCodes.Status200OK, await Keeper.StatusAsync())));
        app.MapPost("/api/fleet/cameras/{camera}/move", http => AnswerAsync(http, async () => await ToldAsync(http, await Keeper.MoveAsync(Named(http, "camera"), await WishAsync(http)))));
        app.MapPost("/api/fleet/boxes/{box}/gone", http => AnswerAsync(http, async () => await ToldAsync(http, await Keeper.StrikeOffAsync(Named(http, "box")))));
    }

    // Calls for a camera that runs here, or that nobody knows, go on to this box's own endpoints.
    private async Task ForwardAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "";
        if (!path.StartsWith(CamerasPath, StringComparison.Ordinal)
            || path[CamerasPath.Length..].Split('/')[0] is not { Length: > 0 } camera
            || services.GetRequiredService<BoxCameras>().Has(camera))
        {
            await next(http);
            return;
        }

        await AnswerAsync(http, async () =>
        {
            var (known, silo) = await Keeper.WhereAsync(camera);
            if (!known)
            {
                await next(http);
                return;
            }

            if (silo is null)
            {
                await ProblemAsync(http, StatusCodes.Status503ServiceUnavailable, $"camera {camera} runs nowhere now; ask again");
                return;
            }

            if (IsForeign(http.Request))
            {
                await ProblemAsync(http, StatusCodes.Status403Forbidden, "a page of another place may change nothing");
                return;
            }

            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (body.Length > LongestBody)
            {
                await ProblemAsync(http, StatusCodes.Status413PayloadTooLarge, $"a call for a camera of another box may hold {LongestBody} bytes");
                return;
            }

            var headers = OwnApi.Headers.Where(name => http.Request.Headers.ContainsKey(name)).ToDictionary(name => name, name => http.Request.Headers[name].ToString());
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            var answer = await services.GetRequiredService<IGrainFactory>().GetGrain<ICameraGrain>(camera).AskAsync(new(http.Request.Method, path + http.Request.QueryString, headers, body.ToArray()));
            http.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers)
            {
                http.Response.Headers[name] = value;
            }

            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        });
    }

    private static async Task AnswerAsync(HttpContext http, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or IOException or HttpRequestException && !http.Response.HasStarted)
        {
            await ProblemAsync(http, StatusCodes.Status503ServiceUnavailable, $"the fleet gives no answer now: {OneLine.Of(e)}");
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
            using var wish = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return wish.RootElement.TryGetProperty("box", out var box) ? box.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new IOException("the body must be {\"box\":\"NAME\"}, or empty", e);
        }
    }

    private static string Named(HttpContext http, string what)
    {
        return IsForeign(http.Request) ? throw new IOException("a page of another place may change nothing") : (string)http.Request.RouteValues[what]!;
    }

    // A browser says where a call comes from; programs say nothing.
    private static bool IsForeign(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && (request.Headers["Sec-Fetch-Site"] is ["cross-site"] or ["same-site"]
            || (request.Headers.Origin is [{ } origin] && !origin.EndsWith("://" + request.Host.Value, StringComparison.OrdinalIgnoreCase)));

    private static Task ToldAsync(HttpContext http, string? wrong) => wrong is null
        ? SendAsync(http, StatusCodes.Status202Accepted, new { ok = true })
        : ProblemAsync(http, StatusCodes.Status409Conflict, wrong);

    private static Task ProblemAsync(HttpContext http, int status, string detail) =>
        SendAsync(http, status, new { title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status, detail }, "application/problem+json");

    private static Task SendAsync<T>(HttpContext http, int status, T body, string type = "application/json")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, s_json), http.RequestAborted).AsTask();
    }
}
