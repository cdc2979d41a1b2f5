using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Web;

/// <summary>HEAD is answered like GET; the server leaves the body out.</summary>
internal static class HeadRequests
{
    private static readonly object s_key = new();

    /// <summary>Puts it before the routing.</summary>
    public static void UseHead(this WebApplication app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[s_key] = true;
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    });

    /// <summary>Whether only the head is asked for: what has no end of its own sends no more.</summary>
    public static bool IsHead(this HttpContext http) => http.Items.ContainsKey(s_key);
}
