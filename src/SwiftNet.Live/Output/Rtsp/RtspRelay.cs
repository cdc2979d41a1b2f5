using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace SwiftNet.Live.Output.Rtsp;

/// <summary>
/// Relays one ffmpeg child's RTSP connection to a media server through a local port: the relay knows address, user name and password, while
/// the child,
/// whose arguments are visible to every user of the machine, knows none of them. Only the first connection is served.
/// </summary>
internal sealed class RtspRelay : IAsyncDisposable
{
    private const int DefaultPort = 554;
    private const int DefaultTlsPort = 322;
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(10);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly string _remote;
    private readonly RtspCredentials _credentials;
    private readonly Task _serving;
    private byte[]? _pending;
    private volatile string? _failure;
    private volatile bool _isStreaming;

    /// <summary>Starts listening.</summary>
    /// <param name="server">An rtsp or rtsps URL, with or without user name and password.</param>
    public RtspRelay(Uri server)
    {
        _server = server;
        _remote = $"{server.Scheme}://{server.Authority}{server.PathAndQuery.TrimEnd('/')}";
        var user = server.UserInfo.Split(':', 2);
        _credentials = new RtspCredentials(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
        _listener.Start(1);
        Address = $"rtsp://{_listener.LocalEndpoint}/live";
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>The local URL for the child.</summary>
    public string Address { get; }

    /// <summary>Whether the server has accepted the stream and media is being sent.</summary>
    public bool IsStreaming => _isStreaming;

    /// <summary>Why the server could not be reached; null = reachable, or not tried yet.</summary>
    public string? Failure => _failure;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var child = await _listener.AcceptTcpClientAsync(_stop.Token);
            _listener.Stop();
            using var server = new TcpClient { NoDelay = true };
            await using var stream = await ConnectAsync(server);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var up = UpAsync(child.GetStream(), stream, end.Token);
            var down = DownAsync(stream, child.GetStream(), end.Token);
            await Task.WhenAny(up, down);
            await end.CancelAsync();
            await Task.WhenAll(up, down);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The closed connection ends the child.
        }
    }

    private async Task<Stream> ConnectAsync(TcpClient server)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(s_connect);
        var isTls = _server.Scheme == "rtsps";
        try
        {
            await server.ConnectAsync(
                _server.DnsSafeHost, _server.Port > 0 ? _server.Port : isTls ? DefaultTlsPort : DefaultPort, limit.Token);
            if (!isTls)
            {
                return server.GetStream();
            }

            var tls = new SslStream(server.GetStream());
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _server.DnsSafeHost }, limit.Token);
            return tls;
        }
        catch (OperationCanceledException e) when (!_stop.IsCancellationRequested)
        {
            _failure = $"the server did not respond within {s_connect.TotalSeconds:0} s";
            throw new IOException(_failure, e);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            _failure = e.Message;
            throw;
        }
    }

    // Forward the child's requests with server URL and authorization; media unchanged.
    private async Task UpAsync(Stream child, Stream server, CancellationToken cancellation)
    {
        var messages = new RtspMessages(child);
        while (await messages.NextAsync(cancellation) is { } message)
        {
            if (message[0] != RtspMessages.PacketMark)
            {
                _pending = message;
                message = Complete(message);
            }

            await SendAsync(server, message, cancellation);
            _isStreaming |= message[0] == RtspMessages.PacketMark;
        }
    }

    // Forward the server's responses; after a challenge repeat the last request with credentials, once.
    private async Task DownAsync(Stream server, Stream child, CancellationToken cancellation)
    {
        var messages = new RtspMessages(server);
        while (await messages.NextAsync(cancellation) is { } message)
        {
            if (message[0] != RtspMessages.PacketMark)
            {
                var head = Encoding.Latin1.GetString(message);
                var asked = Interlocked.Exchange(ref _pending, null);
                if (head.StartsWith("RTSP/1.0 401", StringComparison.Ordinal)
                    && asked is not null
                    && _credentials.Learn(RtspHead.Values(head, "WWW-Authenticate")))
                {
                    await SendAsync(server, Complete(asked), cancellation);
                    continue;
                }
            }

            await child.WriteAsync(message, cancellation);
        }
    }

    private async Task SendAsync(Stream server, byte[] message, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await server.WriteAsync(message, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    private byte[] Complete(byte[] request)
    {
        var text = Encoding.Latin1.GetString(request);
        var line = text[..text.IndexOf("\r\n", StringComparison.Ordinal)];
        if (line.Split(' ') is not [var method, var uri, var version] || !uri.StartsWith(Address, StringComparison.Ordinal))
        {
            return request;
        }

        uri = _remote + uri[Address.Length..];
        var authorization = _credentials.For(method, uri) is { } answer ? $"\r\nAuthorization: {answer}" : "";
        return Encoding.Latin1.GetBytes($"{method} {uri} {version}{authorization}{text[line.Length..]}");
    }
}
