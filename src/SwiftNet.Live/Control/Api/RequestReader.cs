using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace SwiftNet.Live.Control.Api;

/// <summary>Reads what a controller sends, within bounds.</summary>
internal static class RequestReader
{
    /// <summary>Time limit for a response, except for preview and events.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private const long LargestJson = 8 << 20;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="ControlRefusedException">It is of another type, too large, or not what is asked for.</exception>
    public static async Task<T> JsonAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
    {
        Expect(request, "application/json");
        Bound(request, LargestJson, $"{LargestJson >> 20} MiB of JSON");
        try
        {
            return await TakeAsync(request.HttpContext, async () => await JsonSerializer.DeserializeAsync(request.Body, type))
                ?? throw new ControlRefusedException(Refusal.Malformed, "The body is null; an object is expected.");
        }
        catch (JsonException e)
        {
            throw new ControlRefusedException(Refusal.Malformed, ControlJsonText.Describe(e, type), e);
        }
    }

    /// <summary>The body as it is.</summary>
    /// <exception cref="ControlRefusedException">It is of another type or too large.</exception>
    public static async Task<MemoryStream> BytesAsync(HttpRequest request, long largest)
    {
        Expect(request, "application/octet-stream");
        Bound(request, largest, $"Objects:FileMegabytes={largest >> 20}");
        var body = new MemoryStream();
        await TakeAsync(request.HttpContext, async () =>
        {
            await request.Body.CopyToAsync(body);
            return body.Position = 0;
        });
        return body;
    }

    /// <summary>
    /// Reads a body for as long as it comes fast enough, which the server sees to; only then the time for the answer begins. A read that is
    /// cancelled half-way would leave
    /// the server with a body that it cannot skip.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads its body, without a token.</param>
    public static async Task<T> TakeAsync<T>(HttpContext http, Func<Task<T>> read)
    {
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        var taken = await read();
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        http.Response.RegisterForDispose(deadline);
        deadline.CancelAfter(AnswerTime);
        http.RequestAborted = deadline.Token;
        return taken;
    }

    /// <summary>The revision that a command was made for: If-Match: "N"; null where none or any is named.</summary>
    /// <exception cref="ControlRefusedException">It is none of this service's.</exception>
    public static long? Revision(HttpRequest request)
    {
        var given = request.Headers.IfMatch;
        if (given.Count == 0 || given is ["*"])
        {
            return null;
        }

        return given is [['"', .. var number, '"']]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new ControlRefusedException(
                Refusal.Changed, "If-Match is not a revision of this list, such as \"12\". Read the objects again.");
    }

    private static void Expect(HttpRequest request, string type)
    {
        if (request.ContentType?.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ControlRefusedException(Refusal.WrongType, $"The body must be of the type {type}.");
        }
    }

    private static void Bound(HttpRequest request, long largest, string words)
    {
        if (request.ContentLength > largest)
        {
            throw new ControlRefusedException(Refusal.TooLarge, $"The body has {request.ContentLength} bytes; at most {words} are taken.");
        }

        // A body of unknown length is bounded while it comes.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = largest;
        }
    }
}
