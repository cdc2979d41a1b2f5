using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Control;

namespace SwiftNet.Live.Web.Control;

/// <summary>Keeps pages of other sites from commanding with the rights of a browser that is let in here.</summary>
internal static class SameSite
{
    /// <summary>Refuses what changes anything and comes from elsewhere; programs, which send neither header, pass.</summary>
    public static void UseSameSite(this WebApplication app) => app.Use((http, next) =>
        !http.Request.Path.StartsWithSegments("/api") || IsSafe(http.Request.Method) || !ComesFromElsewhere(http.Request)
            ? next(http)
            : throw new ControlRefusedException(Refusal.Forbidden, "Commands are taken from this service's own pages and from programs, not from pages of other sites."));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // Browsers set Sec-Fetch-Site on every request; older ones at least the origin. Behind a proxy the scheme may differ.
    private static bool ComesFromElsewhere(HttpRequest request) =>
        !request.Headers["Sec-Fetch-Site"].All(site => site is "same-origin" or "none") || !request.Headers.Origin.All(origin => IsHere(origin, request.Host));

    private static bool IsHere(string? origin, HostString here) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(here.Value, StringComparison.OrdinalIgnoreCase);
}
