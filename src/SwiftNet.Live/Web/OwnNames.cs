using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Web;

/// <summary>Checks the Host header, and sets security headers of every response.</summary>
internal static class OwnNames
{
    /// <summary>Adds the middleware, before proxy headers are applied. With <paramref name="onlyHere"/> (loopback only, no token), only
    /// loopback host names are accepted.</summary>
    public static void UseOwnNames(this WebApplication app, bool onlyHere) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = HtmlPage.Nothing;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";

        // DNS rebinding: a foreign page may resolve its own name to 127.0.0.1 to read this service. Its Host header reveals it, while
        // X-Forwarded-Host can be forged. With a token the page could read nothing, and a proxy may use its own name.
        return onlyHere && http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]")
            ? throw new RequestRefusedException(
                StatusCodes.Status400BadRequest,
                "Without a token only the host names localhost, 127.0.0.1 and [::1] are accepted; the request has another Host header. Set "
                    + "Web:Token or Web:TokenFile, or let the proxy send one of these names.")
            : next(http);
    });
}
