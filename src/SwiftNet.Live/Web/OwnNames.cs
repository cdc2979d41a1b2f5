using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Web;

/// <summary>Which names the service answers by, and what every answer says to a browser.</summary>
internal static class OwnNames
{
    /// <summary>Puts it before the headers of a proxy are read. With <paramref name="onlyHere"/>, listening on this machine alone and without a token, only its own names are answered.</summary>
    public static void UseOwnNames(this WebApplication app, bool onlyHere) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = HtmlPage.Nothing;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";

        // A foreign page may make its own name point to 127.0.0.1 and so read ours (DNS rebinding); the name it asks for gives it away, and it may
        // send X-Forwarded-Host as it likes. With a token it could read nothing, and a proxy may ask by its own name.
        return onlyHere && http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]")
            ? throw new RequestRefusedException(StatusCodes.Status400BadRequest, "Without a token this service answers by the names localhost, 127.0.0.1 and [::1] alone; the request's Host is another. Set Web:Token or Web:TokenFile, or let the proxy send one of these.")
            : next(http);
    });
}
