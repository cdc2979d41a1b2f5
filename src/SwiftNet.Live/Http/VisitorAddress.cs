using System.Net;
using System.Net.Sockets;

namespace SwiftNet.Live.Http;

/// <summary>The key of limits per client: an IPv4 address, or the first 64 bits of an IPv6 address, since a machine usually gets a whole
/// /64 network.</summary>
internal static class VisitorAddress
{
    private const int Ipv6Bytes = 8;

    /// <summary>The address to count by; <see cref="IPAddress.None"/> if unknown.</summary>
    public static IPAddress Group(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6Bytes).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The address as text for the log.</summary>
    public static string Text(IPAddress? address) =>
        address is null ? "an unknown address" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
