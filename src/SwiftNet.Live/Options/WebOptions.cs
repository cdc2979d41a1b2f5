using System.Net;
using Microsoft.AspNetCore.Http;

namespace SwiftNet.Live.Options;

/// <summary>The status page with its live preview, metrics and health.</summary>
internal sealed record WebOptions
{
    /// <summary>Whether there is one. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where it listens: <c>http://HOST:PORT</c>; another host than this machine alone needs a token. Default: this machine alone, port 8080.</summary>
    public string Address { get; init; } = "http://127.0.0.1:8080";

    /// <summary>What a visitor has to know, at least <see cref="Web.WebToken.MinLength"/> characters, or nothing. On a command line it is seen in the list of processes: there, name a file.</summary>
    [Secret]
    public string? Token { get; init; }

    /// <summary>A file with the token, in place of <see cref="Token"/>; or nothing.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Addresses and networks of proxies whose X-Forwarded-For, -Host, -Proto and -Prefix are believed. Default: none.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether a token is asked for.</summary>
    public bool HasToken => !string.IsNullOrWhiteSpace(Token) || !string.IsNullOrWhiteSpace(TokenFile);

    /// <summary>Whether it listens on this machine alone: at a loopback address or the name localhost. For any other name the server listens on all addresses.</summary>
    public bool OnlyHere => HostOf(Address) is { } host
        && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip)));

    /// <summary>Where it is reached, as one that listens on all addresses is reached at the host's own.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="host">The host's own address.</param>
    public static Uri ReachedAt(Uri address, string host) => address.Host is "0.0.0.0" or "[::]" or "+" or "*" ? new UriBuilder(address) { Host = host }.Uri : address;

    /// <summary>The address; a token is never printed.</summary>
    public override string ToString() => Address;

    // As the server reads it: Uri takes http://loopback for localhost, the server for a name like any other.
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
