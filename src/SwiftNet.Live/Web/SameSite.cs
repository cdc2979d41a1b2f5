using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SwiftNet.Live.Control;

namespace SwiftNet.Live.Web;

/// <summary>Keeps pages of other sites from commanding with the rights of a browser that is let in here.</summary>
internal static class SameSite
{
    private const int LongestShown = 80;

    /// <summary>Refuses what changes anything and comes from elsewhere; programs, which send neither header, pass.</summary>
    public static void UseSameSite(this WebApplication app) => app.Use((http, next) =>
        IsSafe(http.Request.Method) || http.Request.Path == TokenGate.Login || WhatIsWrong(http.Request) is not { } wrong
            ? next(http)
            : throw new ControlRefusedException(Refusal.Forbidden, wrong));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // Browsers say themselves where a request comes from, where they reach this service over TLS or on this machine; else there is the
    // origin at least.
    private static string? WhatIsWrong(HttpRequest request)
    {
        var sites = request.Headers["Sec-Fetch-Site"];
        if (sites.Count > 0)
        {
            return sites is ["same-origin" or "none"] ? null
                : "The browser says that this command comes from a page of another site (Sec-Fetch-Site). Commands are taken from this "
                    + "service's own pages and from programs.";
        }

        return request.Headers.Origin.All(origin => IsHere(origin, request.Host)) ? null
            : $"The command comes from a page of {Shown(request.Headers.Origin.ToString())}, and this service was asked as "
                + $"{Shown(request.Host.Value)}. Commands are taken from its own pages and from programs. "
                + "Where a proxy stands between, let it send X-Forwarded-Host, and set Web:TrustedProxies to the proxy's address.";
    }

    // Behind a proxy the scheme may differ, and with it the port that is left out.
    private static bool IsHere(string? origin, HostString here) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host.Equals(here.Host, StringComparison.OrdinalIgnoreCase)
        && (here.Port is { } port ? uri.Port == port : uri.IsDefaultPort);

    private static string Shown(string? text) => text is null ? "" : text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
