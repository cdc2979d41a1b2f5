using System.Net;
using System.Net.Sockets;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands.Doctor;

/// <summary>Whether the status page's port is free, or held by the service itself.</summary>
internal static class PortCheck
{
    /// <summary>Looks, by listening there for a moment.</summary>
    /// <param name="web">Where.</param>
    /// <param name="running">The service, where it runs already and so holds the port.</param>
    public static Finding Look(WebOptions web, RunningService? running = null)
    {
        if (running is not null)
        {
            return Finding.Fine($"{web.Address} is held by the service, which runs and answers");
        }

        if (!web.Enabled)
        {
            return Finding.Note("off (Web:Enabled)");
        }

        var address = new Uri(web.Address);
        var host = IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
            ? ip
            : address.IsLoopback ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(host, address.Port);
            listener.Start();
            return Finding.Fine($"{web.Address} is free");
        }
        catch (SocketException e)
        {
            return Finding.Fails(
                $"{web.Address} cannot be listened on ({e.Message}); set Web:Address to another port, or end what listens there");
        }
    }
}
