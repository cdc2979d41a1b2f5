using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SwiftNet.Live.Web.Control;

namespace SwiftNet.Live.Web;

/// <summary>Lets in who knows the token: programs by <c>Authorization: Bearer TOKEN</c>, browsers by the cookie that logging in gives them. Whether the service lives may be asked by all.</summary>
internal static class TokenGate
{
    /// <summary>Where the token is given.</summary>
    public const string Login = "/login";

    /// <summary>Where the cookie is taken back.</summary>
    public const string Logout = "/logout";

    private const string Scheme = "Bearer ";

    /// <summary>Closes the gate before everything that is mapped; the login stays outside.</summary>
    public static void UseToken(this WebApplication app, WebToken token, WrongTokens wrong) => app.Use((http, next) =>
    {
        var path = http.Request.Path;
        if (path == HealthEndpoints.Live || path == Login || path == Logout || HasSession(http.Request, token) || HasToken(http, token, wrong))
        {
            return next(http);
        }

        // Whoever reads pages is shown where to log in; what a page or a program asks for is refused. Relative, so that a path before it stays.
        if (HttpMethods.IsGet(http.Request.Method) && path == "/")
        {
            http.Response.Redirect(Login[1..]);
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    });

    /// <summary>Maps the form, what it is sent to, and the way out.</summary>
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

    private static bool HasSession(HttpRequest request, WebToken token) => request.Cookies.TryGetValue(CookieOf(request), out var session) && token.IsSession(session);

    // More than one header is nobody's.
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
                await HtmlPage.Login.SendAsync(http, StatusCodes.Status401Unauthorized, "No token was given.");
            }
            else if (!Try(http, given, token, wrong))
            {
                await HtmlPage.Login.SendAsync(http, StatusCodes.Status401Unauthorized, "This is not the token of this service. Web:Token or Web:TokenFile of its settings has it.");
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

    // Null where the body is no form, or a broken one; one beyond the server's limits is refused by the server.
    private static async Task<string?> FormTokenAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        StringValues given;
        try
        {
            given = await RequestReader.TakeAsync(request.HttpContext, async () => (await request.ReadFormAsync(CancellationToken.None))["token"]);
        }
        catch (Exception e) when (e is InvalidDataException || (e.GetType() == typeof(IOException) && !request.HttpContext.RequestAborted.IsCancellationRequested))
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
        // Behind a trusted proxy that speaks TLS.
        Secure = request.IsHttps,
        Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
    };

    // Browsers do not tell ports apart: two instances on one machine would take each other's cookie.
    private static string CookieOf(HttpRequest request) => $"swiftnet-live-{request.HttpContext.Connection.LocalPort}";
}
