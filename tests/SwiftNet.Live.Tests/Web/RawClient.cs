using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SwiftNet.Live.Tests.Web;

/// <summary>A visitor that sends bytes as they are, right or wrong.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawClient> ConnectAsync(Uri server)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, server.Port, Cancellation);
        return client;
    }

    /// <summary>Sends a request and returns the status of its answer; 0 where the server closed the connection without one.</summary>
    public static async Task<int> AskAsync(Uri server, string request)
    {
        using var client = await ConnectAsync(server);
        await client.SendAsync(request);
        return await client.StatusAsync();
    }

    public async Task SendAsync(string bytes)
    {
        try
        {
            await _socket.SendAsync(Encoding.Latin1.GetBytes(bytes), Cancellation);
        }
        catch (SocketException)
        {
            // The server has refused it already.
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has closed it already.
        }
    }

    /// <summary>Breaks the connection, as a cable that is pulled does.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>The status of the next answer; 0 at the end.</summary>
    public async Task<int> StatusAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await ReadAsync(buffer);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.Length > 12 && int.TryParse(text.ToString(9, 3), out var status) ? status : 0;
    }

    /// <summary>Waits until the server closes the connection.</summary>
    public async Task ClosedAsync()
    {
        var buffer = new byte[4096];
        while (await ReadAsync(buffer) > 0)
        {
            // What is sent before does not matter.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer, Cancellation);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
