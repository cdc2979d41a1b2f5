using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Http;

namespace SwiftNet.Live.Web;

/// <summary>
/// Limits connections in total and per address. When a limit is reached, the connection that has been idle longest is closed;
/// if all are busy, a few more connections are accepted that may only ask for liveness.
/// </summary>
/// <param name="proxies">Trusted proxies, which connect for many clients: they have no limit of their own.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a warning when a limit is reached.</param>
internal sealed partial class ConnectionLimit(TrustedProxies proxies, TimeProvider time, ILogger logger)
{
    /// <summary>Maximum number of connections per address.</summary>
    public const int PerAddress = 32;

    /// <summary>Maximum number of connections in total.</summary>
    public const int Most = 96;

    /// <summary>Additional connections for <see cref="HealthEndpoints.Live"/>.</summary>
    public const int Reserve = 8;

    private static readonly TimeSpan s_firstRequest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_justCome = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly List<ClientConnection> _connections = [];
    private long _loggedAt;
    private int _unlogged;

    /// <summary>Counts a connection for its lifetime.</summary>
    public ConnectionDelegate Count(ConnectionDelegate next) => async connection =>
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var client = new ClientConnection(connection, VisitorAddress.Group(address), time);
        if (!Enter(client, address))
        {
            connection.Abort();
            return;
        }

        connection.Features.Set(client);
        await using var first = time.CreateTimer(_ => CloseIfNew(client), null, s_firstRequest, Timeout.InfiniteTimeSpan);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(client);
        }
    };

    /// <summary>Marks a connection as busy during a request, and refuses requests that the additional connections are not for.</summary>
    public async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<ClientConnection>() is not { } client)
        {
            await next(http);
            return;
        }

        client.Begin();
        try
        {
            if (client.IsReserve)
            {
                http.Response.Headers.Connection = "close";
                if (http.Request.Path != HealthEndpoints.Live)
                {
                    http.Response.Headers.RetryAfter = "5";
                    throw new RequestRefusedException(
                        StatusCodes.Status503ServiceUnavailable, "There are too many connections. Close some, or try again in a moment.");
                }
            }

            await next(http);
        }
        finally
        {
            client.End();
        }
    }

    private bool Enter(ClientConnection client, IPAddress? address)
    {
        ClientConnection? leaves = null;
        lock (_lock)
        {
            var (own, all, reserve) = (0, 0, 0);
            foreach (var other in _connections)
            {
                _ = other.IsReserve ? reserve++ : all++;
                own += !other.IsReserve && other.Group.Equals(client.Group) ? 1 : 0;
            }

            var isFullAddress = own >= PerAddress && !proxies.Contains(address);
            if (isFullAddress || all >= Most)
            {
                leaves = LongestWaiting(
                    other => !other.IsReserve && (!isFullAddress || other.Group.Equals(client.Group)),
                    isFullAddress ? PerAddress / 4 : Most / 4);
                if (leaves is null)
                {
                    client.IsReserve = true;
                    leaves = reserve < Reserve ? null : LongestWaiting(other => other.IsReserve, 0);
                }

                Report(address, isFullAddress);
                if (client.IsReserve && reserve >= Reserve && leaves is null)
                {
                    return false;
                }
            }

            if (leaves is not null)
            {
                _connections.Remove(leaves);
            }

            _connections.Add(client);
        }

        leaves?.Abort();
        return true;
    }

    // A new connection is about to send its request, unless there is a flood of them.
    private ClientConnection? LongestWaiting(Func<ClientConnection, bool> among, int flood)
    {
        ClientConnection[] waiting = [.. _connections.Where(other => other.IsWaiting && among(other))];
        var longest = waiting.MinBy(other => other.WaitsSince);
        return longest is not null && (waiting.Length > flood || time.GetElapsedTime(longest.WaitsSince) >= s_justCome) ? longest : null;
    }

    private void Leave(ClientConnection client)
    {
        lock (_lock)
        {
            _connections.Remove(client);
        }
    }

    private static void CloseIfNew(ClientConnection client)
    {
        if (client.IsNew)
        {
            client.Abort();
        }
    }

    private void Report(IPAddress? address, bool isFullAddress)
    {
        _unlogged++;
        if (_loggedAt == 0 || time.GetElapsedTime(_loggedAt) >= s_logEvery)
        {
            Log.TooMany(
                logger,
                VisitorAddress.Text(address),
                isFullAddress ? PerAddress : Most,
                isFullAddress ? "per address" : "in total",
                _unlogged);
            (_loggedAt, _unlogged) = (time.GetTimestamp(), 0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Too many connections, the newest from {Address}: the limit is {Most} {Where} ({Count} refused since the last such message)")]
        public static partial void TooMany(ILogger logger, string address, int most, string where, int count);
    }
}
