using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Web.Control;

namespace SwiftNet.Live.Web;

/// <summary>
/// Answers every request that fails with its status and one line: below <c>/api</c> as application/problem+json, else as plain text. What a sender does wrong never reaches the server's own
/// handler of errors, which would answer 500 and write a stack trace to the log.
/// </summary>
internal static partial class RequestFaults
{
    private const string TooLong = "It took too long; whether it was done is not known. Ask again.";

    /// <summary>Puts it before everything else, the token too.</summary>
    public static void UseRequestFaults(this WebApplication app, ILogger logger) => app.Use(async (http, next) =>
    {
        // What stands behind may bound it further.
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
            Log.Fault(logger, http.Request.Method, http.GetEndpoint()?.DisplayName ?? "no endpoint", e.GetType().Name, e.Message.ReplaceLineEndings(" "));
            Log.FaultWhole(logger, e);
        }

        // The sender is gone, or has part of the answer already.
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
            // The sender went away meanwhile.
        }
    }

    private static (int Status, string Detail) Describe(HttpContext http, Exception e, bool stops) => e switch
    {
        ControlRefusedException refused => ((int)refused.Why, refused.Message),
        RequestRefusedException refused => (refused.Status, refused.Message),
        BadHttpRequestException bad => (bad.StatusCode, QueryFault.Of(http) ?? Reason(bad.StatusCode)),
        _ when http.RequestAborted.IsCancellationRequested => (StatusCodes.Status499ClientClosedRequest, "The connection was closed."),
        ConnectionResetException or ConnectionAbortedException => (StatusCodes.Status499ClientClosedRequest, "The connection was closed."),
        OperationCanceledException when stops => (StatusCodes.Status503ServiceUnavailable, "The service stops."),
        OperationCanceledException => (StatusCodes.Status504GatewayTimeout, TooLong),
        InvalidDataException => (StatusCodes.Status400BadRequest, Reason(StatusCodes.Status400BadRequest)),
        _ => (StatusCodes.Status500InternalServerError, "The service failed on this request; its log says how."),
    };

    // In words of this service's own: the server's name its options and types.
    private static string Reason(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is malformed, or its body was cut off.",
        StatusCodes.Status408RequestTimeout => "The body came too slowly.",
        StatusCodes.Status411LengthRequired => "The body's length is missing.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than what is taken here.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be of the type application/json.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    };

    private static string Reason(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => QueryFault.Of(http) ?? Reason(StatusCodes.Status400BadRequest),
        StatusCodes.Status401Unauthorized => "A token is asked for: send Authorization: Bearer TOKEN.",
        StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}; /openapi/v1.json says what there is.",
        StatusCodes.Status405MethodNotAllowed => $"{http.Request.Method} is not for {http.Request.Path}; /openapi/v1.json says what is.",
        StatusCodes.Status504GatewayTimeout => TooLong,
        var status => Reason(status),
    };

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static Task SendAsync(HttpContext http, int status, string detail)
    {
        TakeTheRest(http);
        var isApi = IsApi(http);
        var body = isApi
            ? JsonSerializer.SerializeToUtf8Bytes(new ControlProblem(ReasonPhrases.GetReasonPhrase(status), status, detail), ControlProblemJson.Default.ControlProblem)
            : System.Text.Encoding.UTF8.GetBytes(detail + "\n");
        http.Response.StatusCode = status;
        http.Response.ContentType = isApi ? "application/problem+json" : "text/plain; charset=utf-8";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.ETag = default;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    // What is refused before it is read may still be on its way. Kestrel takes it for some seconds where no bound forbids that, and else
    // cuts the connection, under a sender who then never sees the answer.
    private static void TakeTheRest(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request failed in this service: {Method} {Endpoint}: {Fault}: {Message}")]
        public static partial void Fault(ILogger logger, string method, string endpoint, string fault, string message);

        [LoggerMessage(2, LogLevel.Debug, "The fault whole")]
        public static partial void FaultWhole(ILogger logger, Exception e);
    }
}
