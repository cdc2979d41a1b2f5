using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace SwiftNet.Live.Web;

/// <summary>The proxies whose X-Forwarded-For, -Host, -Proto and -Prefix are believed (<c>Web:TrustedProxies</c>). From any other address these headers mean nothing.</summary>
/// <param name="networks">Their addresses.</param>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>Reads addresses (<c>10.0.0.5</c>, <c>::1</c>) and networks (<c>10.0.0.0/24</c>).</summary>
    /// <exception cref="FormatException">A text is neither.</exception>
    public static TrustedProxies Parse(IEnumerable<string> texts) => new([.. texts.Select(Parse)]);

    /// <summary>Whether this is the address of such a proxy.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        address = Plain(address);
        return networks.Any(network => network.Contains(address));
    }

    /// <summary>The visitor's address, host, scheme and path prefix are from now on those that a trusted proxy names.</summary>
    public void Use(WebApplication app)
    {
        if (networks.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix,
            // Through every proxy that is trusted, and no further.
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

    // A proxy may pass on the path whole, its prefix included, or without it.
    private static Task WithoutPrefixAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.PathBase.HasValue && http.Request.Path.StartsWithSegments(http.Request.PathBase, out var rest))
        {
            http.Request.Path = rest.HasValue ? rest : "/";
        }

        return next(http);
    }

    private static IPNetwork Parse(string text)
    {
        text = text.Trim();
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        var address = Plain(IPAddress.Parse(text));
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
