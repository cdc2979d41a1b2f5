using System.Net;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Options;

/// <summary>The status page with preview, metrics and health endpoints.</summary>
internal sealed record WebOptions
{
    /// <summary>Minimum length of a token in characters; 16 random letters and digits have about 95 bits.</summary>
    public const int MinTokenLength = 16;

    /// <summary>Whether the web server runs. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The address to listen on: <c>http://HOST:PORT</c>; other than loopback hosts require a token. Default: loopback, port
    /// 8080.</summary>
    public string Address { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The access token, at least <see cref="MinTokenLength"/> characters; empty = none. On a command line it would be
    /// visible in the process list: use a file instead.</summary>
    [Secret]
    public string? Token { get; init; }

    /// <summary>A file that contains the token, instead of <see cref="Token"/>; empty = none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Addresses and networks of proxies whose X-Forwarded-For, -Host, -Proto and -Prefix headers are trusted. Default:
    /// none.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether a token is required.</summary>
    public bool HasToken => !string.IsNullOrWhiteSpace(Token) || !string.IsNullOrWhiteSpace(TokenFile);

    /// <summary>Whether the server listens on loopback only: at a loopback address or the name localhost. For any other name it listens on
    /// all addresses.</summary>
    public bool OnlyHere => HostOf(Address) is { } host
        && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip)));

    /// <summary>The address under which the server is reached; a wildcard address is replaced by the host's own.</summary>
    /// <param name="address">The address that the server listens on.</param>
    /// <param name="host">The host's own address.</param>
    public static Uri ReachedAt(Uri address, string host) =>
        address.Host is "0.0.0.0" or "[::]" or "+" or "*" ? new UriBuilder(address) { Host = host }.Uri : address;

    /// <summary>Returns the address only, so that no token is logged.</summary>
    public override string ToString() => Address;

    // Follow the server's interpretation: Uri treats http://loopback as localhost, the server as an ordinary name.
    private static string? HostOf(string address)
    {
        try
        {
            return BindingAddress.Parse(address).Host;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
