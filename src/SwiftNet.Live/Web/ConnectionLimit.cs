using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Web;

/// <summary>
/// Bounds connections, in all and for each address. Where a bound is reached the connection makes room that has waited longest for a request;
/// where all of them are busy, a few more are taken that are told whether the service lives and nothing else.
/// </summary>
/// <param name="proxies">Proxies, which connect for many visitors: they have no bound of their own.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where a bound that was reached is reported.</param>
internal sealed partial class ConnectionLimit(TrustedProxies proxies, TimeProvider time, ILogger logger)
{
    /// <summary>Connections from one address.</summary>
    public const int PerAddress = 32;

    /// <summary>Connections in all.</summary>
    public const int Most = 96;

    /// <summary>Further connections for <see cref="HealthEndpoints.Live"/>.</summary>
    public const int Reserve = 8;

    private static readonly TimeSpan s_firstRequest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_justCome = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly List<ClientConnection> _connections = [];
    private long _loggedAt;
    private int _unlogged;

    /// <summary>Counts a connection while it lasts.</summary>
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

    /// <summary>Marks a connection as busy while a request is answered, and refuses what the reserve is not for.</summary>
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
                    throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "There are too many connections. Close some, or try again in a moment.");
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
                leaves = LongestWaiting(other => !other.IsReserve && (!isFullAddress || other.Group.Equals(client.Group)), isFullAddress ? PerAddress / 4 : Most / 4);
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

    // One that has just come is about to ask, unless there is a flood of them.
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
            Log.TooMany(logger, VisitorAddress.Text(address), isFullAddress ? PerAddress : Most, isFullAddress ? "from this address" : "in all", _unlogged);
            (_loggedAt, _unlogged) = (time.GetTimestamp(), 0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Too many connections, the newest from {Address}: {Most} {Where} is the limit ({Count} beyond a limit since the last such line)")]
        public static partial void TooMany(ILogger logger, string address, int most, string where, int count);
    }
}
