using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using SwiftNet.Live.Options;
using IPNetwork = System.Net.IPNetwork;

namespace SwiftNet.Live.Web;

/// <summary>Proxies whose X-Forwarded-For, -Host, -Proto and -Prefix headers are trusted (<c>Web:TrustedProxies</c>). The headers of other
/// clients are ignored.</summary>
/// <param name="networks">The proxies' networks.</param>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>Whether an address belongs to a trusted proxy.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        address = IpNetworks.Plain(address);
        return networks.Any(network => network.Contains(address));
    }

    /// <summary>Replaces client address, host, scheme and path prefix by those that a trusted proxy states.</summary>
    public void Use(WebApplication app)
    {
        if (networks.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost
                | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix,
            // Through all trusted proxies, but no further.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
        app.Use(WithoutPrefixAsync);
    }

    // A proxy may forward the path with or without its prefix.
    private static Task WithoutPrefixAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.PathBase.HasValue && http.Request.Path.StartsWithSegments(http.Request.PathBase, out var rest))
        {
            http.Request.Path = rest.HasValue ? rest : "/";
        }

        return next(http);
    }
}
