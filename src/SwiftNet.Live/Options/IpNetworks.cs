using System.Net;
using IPNetwork = System.Net.IPNetwork;

namespace SwiftNet.Live.Options;

/// <summary>IP addresses and networks as options list them.</summary>
internal static class IpNetworks
{
    /// <summary>Parses addresses (<c>10.0.0.5</c>, <c>::1</c>) and networks (<c>10.0.0.0/24</c>).</summary>
    /// <exception cref="FormatException">A text is neither an address nor a network.</exception>
    public static IReadOnlyList<IPNetwork> Parse(IEnumerable<string> texts) => [.. texts.Select(Parse)];

    /// <summary>The address, an IPv4 one that is written as IPv6 in its own form.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

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
}
