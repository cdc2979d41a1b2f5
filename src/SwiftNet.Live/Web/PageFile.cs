using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Web;

/// <summary>An embedded file of the page, served with an ETag.</summary>
internal sealed class PageFile
{
    // Scripts and styles only from this service, pictures also as data and blob URLs; nothing inline.
    private const string Policy = HtmlPage.Nothing
        + "; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _content;
    private readonly string _type;
    private readonly EntityTagHeaderValue _tag;

    /// <summary>Reads the file.</summary>
    /// <param name="name">The resource's name; its extension determines the content type.</param>
    /// <exception cref="ArgumentException">The extension is unknown.</exception>
    public PageFile(string name)
    {
        _type = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" or ".mjs" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".txt" => "text/plain; charset=utf-8",
            var other => throw new ArgumentException($"{name}: the extension {other} is unknown.", nameof(name)),
        };
        using var resource = typeof(PageFile).Assembly.GetManifestResourceStream(name)!;
        _content = new byte[resource.Length];
        resource.ReadExactly(_content);
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 16))}\"");
    }

    /// <summary>Sends the file, or 304 if the browser has it.</summary>
    public Task SendAsync(HttpContext http)
    {
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = _tag;
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        http.Response.Headers.ContentSecurityPolicy = Policy;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(_tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = _type;
        http.Response.ContentLength = _content.Length;
        return http.Response.Body.WriteAsync(_content, 0, _content.Length, http.RequestAborted);
    }
}
