using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Web;

/// <summary>A page, one file without anything from outside, and the policy that lets a browser run exactly what is in it.</summary>
internal sealed class HtmlPage
{
    private readonly byte[] _html;
    private readonly string _policy;

    private HtmlPage(string file, string formAction)
    {
        using var resource = typeof(HtmlPage).Assembly.GetManifestResourceStream(file)!;
        _html = new byte[resource.Length];
        resource.ReadExactly(_html);
        _policy = Nothing
            + $"; img-src 'self' data:; connect-src 'self'; style-src {HashOf("style")}; script-src {HashOf("script")}; base-uri 'none'; form-action {formAction}; frame-ancestors 'none'";
    }

    /// <summary>Content-Security-Policy of what is no page.</summary>
    public const string Nothing = "default-src 'none'";

    /// <summary>Where the token is given.</summary>
    public static HtmlPage Login { get; } = new("login.html", "'self'");

    /// <summary>A page of another part of the service.</summary>
    public static HtmlPage Of(string file) => new(file, "'none'");

    /// <summary>Sends it: the one style and the one script run by their hashes, pictures and status come from here, nothing else.</summary>
    public Task SendAsync(HttpContext http, int statusCode = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = statusCode;
        http.Response.Headers.ContentSecurityPolicy = _policy;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = _html.Length;
        return http.Response.Body.WriteAsync(_html, 0, _html.Length, http.RequestAborted);
    }

    // Of the one element of this name, or none where there is no such element.
    private string HashOf(string element)
    {
        ReadOnlySpan<byte> html = _html;
        var open = Encoding.ASCII.GetBytes($"<{element}>");
        if (html.IndexOf(open) is var start && start < 0)
        {
            return "'none'";
        }

        var inner = html[(start + open.Length)..];
        inner = inner[..inner.IndexOf(Encoding.ASCII.GetBytes($"</{element}>"))];
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(inner))}'";
    }
}
