using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Http;

/// <summary>Answers HEAD like GET; the server omits the body.</summary>
internal static class HeadRequests
{
    private static readonly object s_key = new();

    /// <summary>Adds the middleware before routing.</summary>
    public static void UseHead(this WebApplication app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[s_key] = true;
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    });

    /// <summary>Whether the request is HEAD; endless responses must then end after their headers.</summary>
    public static bool IsHead(this HttpContext http) => http.Items.ContainsKey(s_key);
}
