using System.Security.Cryptography;
using System.Text;

namespace SwiftNet.Live.Web;

/// <summary>The page itself, one file without anything from outside, and the policy that lets a browser run exactly what is in it.</summary>
internal static class StatusPage
{
    /// <summary>The page, UTF-8.</summary>
    public static byte[] Html { get; } = Load();

    /// <summary>Content-Security-Policy: the one style and the one script by their hashes, pictures and status from here, nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; img-src 'self' data:; connect-src 'self'; style-src '{HashOf("style")}'; script-src '{HashOf("script")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static byte[] Load()
    {
        using var resource = typeof(StatusPage).Assembly.GetManifestResourceStream("status.html")!;
        var html = new byte[resource.Length];
        resource.ReadExactly(html);
        return html;
    }

    private static string HashOf(string element)
    {
        ReadOnlySpan<byte> html = Html;
        var open = Encoding.ASCII.GetBytes($"<{element}>");
        var inner = html[(html.IndexOf(open) + open.Length)..];
        inner = inner[..inner.IndexOf(Encoding.ASCII.GetBytes($"</{element}>"))];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(inner));
    }
}
