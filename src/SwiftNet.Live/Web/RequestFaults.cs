using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Control.Api;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Web;

/// <summary>
/// Answers every failed request with its status and one line: below <c>/api</c> as application/problem+json, else as plain text. A client's
/// errors never reach the server's
/// own error handler, which would answer 500 and log a stack trace.
/// </summary>
internal static partial class RequestFaults
{
    private const string TooLong = "The request took too long; it may or may not have been executed. Try again.";

    /// <summary>Adds the middleware before everything else, including authentication.</summary>
    public static void UseRequestFaults(this WebApplication app, ILogger logger) => app.Use(async (http, next) =>
    {
        // Later middleware may limit the body further.
        var gone = http.RequestAborted;
        try
        {
            await next(http);
            if (IsApi(http) && http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
            {
                await SendAsync(http, http.Response.StatusCode, Reason(http));
            }
        }
        catch (Exception e)
        {
            http.RequestAborted = gone;
            var (status, detail) = Describe(http, e, app.Lifetime.ApplicationStopping.IsCancellationRequested);
            await FailAsync(http, e, status, detail, logger);
        }
    });

    private static async Task FailAsync(HttpContext http, Exception e, int status, string detail, ILogger logger)
    {
        if (status == StatusCodes.Status500InternalServerError)
        {
            Log.Fault(
                logger,
                http.Request.Method,
                http.GetEndpoint()?.DisplayName ?? "no endpoint",
                e.GetType().Name,
                e.Message.ReplaceLineEndings(" "));
            Log.FaultWhole(logger, e);
        }

        // The client has disconnected, or the response has started.
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
            return;
        }

        try
        {
            await SendAsync(http, status, detail);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client disconnected meanwhile.
        }
    }

    private static (int Status, string Detail) Describe(HttpContext http, Exception e, bool stops) => e switch
    {
        ControlRefusedException refused => ((int)refused.Why, refused.Message),
        RequestRefusedException refused => (refused.Status, refused.Message),
        BadHttpRequestException bad => (bad.StatusCode, QueryFault.Of(http) ?? Reason(bad.StatusCode)),
        _ when http.RequestAborted.IsCancellationRequested => (StatusCodes.Status499ClientClosedRequest, "The connection was closed."),
        ConnectionResetException or ConnectionAbortedException => (StatusCodes.Status499ClientClosedRequest, "The connection was closed."),
        OperationCanceledException when stops => (StatusCodes.Status503ServiceUnavailable, "The service is stopping."),
        OperationCanceledException => (StatusCodes.Status504GatewayTimeout, TooLong),
        InvalidDataException => (StatusCodes.Status400BadRequest, Reason(StatusCodes.Status400BadRequest)),
        _ => (StatusCodes.Status500InternalServerError, "The request failed in the service; see its log."),
    };

    // The server's own messages would name its options and types.
    private static string Reason(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is malformed, or its body is incomplete.",
        StatusCodes.Status408RequestTimeout => "The body arrived too slowly.",
        StatusCodes.Status411LengthRequired => "The Content-Length header is missing.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large for this endpoint.",
        StatusCodes.Status415UnsupportedMediaType => "The Content-Type must be application/json.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    };

    private static string Reason(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => QueryFault.Of(http) ?? Reason(StatusCodes.Status400BadRequest),
        StatusCodes.Status401Unauthorized => "A token is required: send Authorization: Bearer TOKEN.",
        StatusCodes.Status404NotFound => $"{http.Request.Path} does not exist; /openapi/v1.json lists all endpoints.",
        StatusCodes.Status405MethodNotAllowed =>
            $"{http.Request.Path} does not support {http.Request.Method}; /openapi/v1.json lists all endpoints.",
        StatusCodes.Status504GatewayTimeout => TooLong,
        var status => Reason(status),
    };

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static Task SendAsync(HttpContext http, int status, string detail)
    {
        TakeTheRest(http);
        var isApi = IsApi(http);
        var body = isApi
            ? JsonSerializer.SerializeToUtf8Bytes(
                new ControlProblem(ReasonPhrases.GetReasonPhrase(status), status, detail), ControlProblemJson.Default.ControlProblem)
            : System.Text.Encoding.UTF8.GetBytes(detail + "\n");
        http.Response.StatusCode = status;
        http.Response.ContentType = isApi ? "application/problem+json" : "text/plain; charset=utf-8";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.ETag = default;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    // The refused body may still be arriving. Kestrel reads it for some seconds unless a limit forbids that, and otherwise
    // resets the connection before the client has read the response.
    private static void TakeTheRest(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request failed: {Method} {Endpoint}: {Fault}: {Message}")]
        public static partial void Fault(ILogger logger, string method, string endpoint, string fault, string message);

        [LoggerMessage(2, LogLevel.Debug, "Details of the failed request")]
        public static partial void FaultWhole(ILogger logger, Exception e);
    }
}
