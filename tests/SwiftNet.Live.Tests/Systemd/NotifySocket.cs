using System.Net.Sockets;
using System.Text;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Systemd;

/// <summary>The socket that systemd listens on, with what was said there.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket()
    {
        _socket.Bind(new UnixDomainSocketEndPoint(Address));
        _socket.ReceiveTimeout = 120_000;
    }

    public string Address => _folder["notify"];

    /// <summary>Waits for the next thing said.</summary>
    public string Next()
    {
        var said = new byte[4096];
        return Encoding.UTF8.GetString(said, 0, _socket.Receive(said));
    }

    /// <summary>What has been said and not been heard yet.</summary>
    public List<string> Rest()
    {
        var rest = new List<string>();
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            rest.Add(Next());
        }

        return rest;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}
