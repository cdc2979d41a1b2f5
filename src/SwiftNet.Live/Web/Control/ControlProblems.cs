using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using SwiftNet.Live.Control;

namespace SwiftNet.Live.Web.Control;

/// <summary>Answers what goes wrong below <c>/api</c> in one form: application/problem+json with title, status and a detail of one line.</summary>
internal static class ControlProblems
{
    /// <summary>Puts it before everything else, the token too.</summary>
    public static void UseControlProblems(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }

        try
        {
            await next(http);
            if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
            {
                await SendAsync(http, http.Response.StatusCode, Reason(http));
            }
        }
        catch (ControlRefusedException e) when (!http.Response.HasStarted)
        {
            await SendAsync(http, (int)e.Why, e.Message);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await SendAsync(http, e.StatusCode, e.Message);
        }
    });

    private static string Reason(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => "A token is asked for: send Authorization: Bearer TOKEN.",
        StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}; /openapi/v1.json says what there is.",
        StatusCodes.Status405MethodNotAllowed => $"{http.Request.Method} is not for {http.Request.Path}; /openapi/v1.json says what is.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be of the type application/json.",
        StatusCodes.Status504GatewayTimeout => "It took too long.",
        var status => ReasonPhrases.GetReasonPhrase(status),
    };

    private static Task SendAsync(HttpContext http, int status, string detail)
    {
        TakeTheRest(http);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var problem = new ControlProblem(ReasonPhrases.GetReasonPhrase(status), status, detail);
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ControlProblemJson.Default.ControlProblem), http.RequestAborted).AsTask();
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
}
