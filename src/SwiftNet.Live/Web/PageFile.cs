using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SwiftNet.Live.Web;

/// <summary>One file of the page, as it lies in the assembly: it changes with the program alone, so a browser asks by its tag and gets it once.</summary>
internal sealed class PageFile
{
    // What runs and what it looks like comes from here alone, pictures also from the page itself; nothing may be written into it.
    private const string Policy = HtmlPage.Nothing
        + "; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _content;
    private readonly string _type;
    private readonly EntityTagHeaderValue _tag;

    /// <summary>Reads it.</summary>
    /// <param name="name">What it is called among the assembly's resources; its ending tells the type.</param>
    /// <exception cref="ArgumentException">No file of a page ends like this.</exception>
    public PageFile(string name)
    {
        _type = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" or ".mjs" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".txt" => "text/plain; charset=utf-8",
            var other => throw new ArgumentException($"{name}: no file of a page ends in {other}.", nameof(name)),
        };
        using var resource = typeof(PageFile).Assembly.GetManifestResourceStream(name)!;
        _content = new byte[resource.Length];
        resource.ReadExactly(_content);
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 16))}\"");
    }

    /// <summary>Sends it, or 304 to a browser that has it.</summary>
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
