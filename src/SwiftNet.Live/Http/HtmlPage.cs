using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Http;

/// <summary>A self-contained HTML page, with a Content-Security-Policy that allows only its own style and script.</summary>
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
            + $"; img-src 'self' data:; connect-src 'self'; style-src {HashOf("style")}; script-src {HashOf("script")}; base-uri 'none'; "
            + $"form-action {formAction}; frame-ancestors 'none'";
    }

    /// <summary>Content-Security-Policy of responses that are not pages.</summary>
    public const string Nothing = "default-src 'none'";

    /// <summary>The login page.</summary>
    public static HtmlPage Login { get; } = new("login.html", "'self'");

    /// <summary>Loads a page from the assembly's resources.</summary>
    public static HtmlPage Of(string file) => new(file, "'none'");

    /// <summary>Sends the page; its style and script are allowed by their hashes, pictures and data only from this service.</summary>
    /// <param name="http">The request.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="message">A message for the page, as plain text; null = none.</param>
    public Task SendAsync(HttpContext http, int statusCode = StatusCodes.Status200OK, string? message = null)
    {
        var html = message is null
            ? _html
            : Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(_html).Replace(MessagePlace, HtmlEncoder.Default.Encode(message), StringComparison.Ordinal));
        http.Response.StatusCode = statusCode;
        http.Response.Headers.ContentSecurityPolicy = _policy;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = html.Length;
        return http.Response.Body.WriteAsync(html, 0, html.Length, http.RequestAborted);
    }

    // Hash of the page's only element of this name; empty without one.
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
