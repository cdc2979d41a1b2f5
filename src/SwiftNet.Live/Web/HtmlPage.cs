using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Web;

/// <summary>A page, one file without anything from outside, and the policy that lets a browser run exactly what is in it.</summary>
internal sealed class HtmlPage
{
    private const string MessagePlace = "<!--message-->";
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
    /// <param name="http">The request.</param>
    /// <param name="statusCode">HTTP's status.</param>
    /// <param name="message">What the page says to the visitor, as plain text; null for nothing.</param>
    public Task SendAsync(HttpContext http, int statusCode = StatusCodes.Status200OK, string? message = null)
    {
        var html = message is null ? _html : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_html).Replace(MessagePlace, HtmlEncoder.Default.Encode(message), StringComparison.Ordinal));
        http.Response.StatusCode = statusCode;
        http.Response.Headers.ContentSecurityPolicy = _policy;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = html.Length;
        return http.Response.Body.WriteAsync(html, 0, html.Length, http.RequestAborted);
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
