using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SwiftNet.Live.Control.Api;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Web;

/// <summary>Token authentication: programs use <c>Authorization: Bearer TOKEN</c>, browsers a cookie from logging in. The liveness check
/// needs no token.</summary>
internal static class TokenGate
{
    /// <summary>Path of the login.</summary>
    public const string Login = "/login";

    /// <summary>Path of the logout.</summary>
    public const string Logout = "/logout";

    private const string Scheme = "Bearer ";

    /// <summary>Protects everything mapped later; the login stays open.</summary>
    public static void UseToken(this WebApplication app, WebToken token, WrongTokens wrong) => app.Use((http, next) =>
    {
        var path = http.Request.Path;
        if (path == HealthEndpoints.Live
            || path == Login
            || path == Logout
            || HasSession(http.Request, token)
            || HasToken(http, token, wrong))
        {
            return next(http);
        }

        // Navigations are redirected to the login; other requests are refused. The redirect is relative, so that a path prefix is kept.
        if (HttpMethods.IsGet(http.Request.Method) && path == "/")
        {
            http.Response.Redirect(Login[1..]);
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    });

    /// <summary>Maps login form, login and logout.</summary>
    public static void MapLogin(this WebApplication app, WebToken token, WrongTokens wrong)
    {
        app.MapGet(Login, static http => HtmlPage.Login.SendAsync(http));
        app.MapPost(Login, http => EnterAsync(http, token, wrong));
        app.MapPost(Logout, static http =>
        {
            http.Response.Cookies.Delete(CookieOf(http.Request), OptionsOf(http.Request));
            return SeeAsync(http, Login[1..]);
        });
    }

    private static bool HasSession(HttpRequest request, WebToken token) =>
        request.Cookies.TryGetValue(CookieOf(request), out var session) && token.IsSession(session);

    // Several headers are ambiguous and do not count.
    private static bool HasToken(HttpContext http, WebToken token, WrongTokens wrong) =>
        http.Request.Headers.Authorization is [{ } given] && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && given[Scheme.Length..].Trim() is { Length: > 0 } text && Try(http, text, token, wrong);

    private static bool Try(HttpContext http, string given, WebToken token, WrongTokens wrong)
    {
        wrong.RequireATry(http);
        if (token.IsToken(given))
        {
            return true;
        }

        wrong.Add(http);
        return false;
    }

    private static async Task EnterAsync(HttpContext http, WebToken token, WrongTokens wrong)
    {
        try
        {
            if (await FormTokenAsync(http.Request) is not { Length: > 0 } given)
            {
                await HtmlPage.Login.SendAsync(http, StatusCodes.Status401Unauthorized, "Enter the token.");
            }
            else if (!Try(http, given, token, wrong))
            {
                await HtmlPage.Login.SendAsync(
                    http, StatusCodes.Status401Unauthorized, "The token is wrong. It is set by Web:Token or Web:TokenFile.");
            }
            else
            {
                http.Response.Cookies.Append(CookieOf(http.Request), token.Session, OptionsOf(http.Request));
                await SeeAsync(http, "./");
            }
        }
        catch (RequestRefusedException e)
        {
            await HtmlPage.Login.SendAsync(http, e.Status, e.Message);
        }
    }

    // Null if the body is not a valid form; a form beyond the server's limits is refused by the server.
    private static async Task<string?> FormTokenAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        StringValues given;
        try
        {
            given = await RequestReader.TakeAsync(
                request.HttpContext, async () => (await request.ReadFormAsync(CancellationToken.None))["token"]);
        }
        catch (Exception e)
            when (e is InvalidDataException
                || (e.GetType() == typeof(IOException) && !request.HttpContext.RequestAborted.IsCancellationRequested))
        {
            return null;
        }

        return given is [{ } text] ? text.Trim() : null;
    }

    private static Task SeeAsync(HttpContext http, string where)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = where;
        return Task.CompletedTask;
    }

    private static CookieOptions OptionsOf(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        // Also true behind a trusted proxy with TLS.
        Secure = request.IsHttps,
        Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
    };

    // Browsers share cookies between ports: two instances on one machine would overwrite each other's cookie.
    private static string CookieOf(HttpRequest request) => $"swiftnet-live-{request.HttpContext.Connection.LocalPort}";
}
