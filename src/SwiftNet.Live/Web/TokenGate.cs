using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace SwiftNet.Live.Web;

/// <summary>Lets in who knows the token: programs by <c>Authorization: Bearer TOKEN</c>, browsers by the cookie that logging in gives them. Whether the service lives may be asked by all.</summary>
internal static class TokenGate
{
    private const string Login = "/login";
    private const string Scheme = "Bearer ";

    /// <summary>Closes the gate before everything that is mapped; the login stays outside.</summary>
    public static void UseToken(this WebApplication app, WebToken token) => app.Use((http, next) =>
    {
        var path = http.Request.Path;
        if (path == HealthEndpoints.Live || path == Login || Knows(http.Request, token))
        {
            return next(http);
        }

        // Whoever reads pages is shown where to log in; what a page or a program asks for is refused.
        if (HttpMethods.IsGet(http.Request.Method) && path == "/")
        {
            http.Response.Redirect(Login);
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    });

    /// <summary>Maps the form, and what it is sent to.</summary>
    public static void MapLogin(this WebApplication app, WebToken token)
    {
        app.MapGet(Login, static http => HtmlPage.Login.SendAsync(http));
        app.MapPost(Login, http => EnterAsync(http, token));
    }

    private static bool Knows(HttpRequest request, WebToken token)
    {
        // More than one of either is nobody's.
        return (request.Headers.Authorization is [{ } given] && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && token.IsToken(given[Scheme.Length..].Trim()))
            || (request.Cookies.TryGetValue(CookieOf(request), out var session) && token.IsSession(session));
    }

    private static async Task EnterAsync(HttpContext http, WebToken token)
    {
        StringValues given = default;
        try
        {
            given = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["token"] : default;
        }
        catch (InvalidDataException)
        {
            // No form, or one beyond the limits.
        }

        if (given is not [{ } text] || !token.IsToken(text.Trim()))
        {
            await HtmlPage.Login.SendAsync(http, StatusCodes.Status401Unauthorized);
            return;
        }

        http.Response.Cookies.Append(CookieOf(http.Request), token.Session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            // Behind a proxy that speaks TLS, which says so.
            Secure = http.Request.Headers["X-Forwarded-Proto"] == "https",
        });
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/";
    }

    // Browsers do not tell ports apart: two instances on one machine would take each other's cookie.
    private static string CookieOf(HttpRequest request) => $"swiftnet-live-{request.HttpContext.Connection.LocalPort}";
}
