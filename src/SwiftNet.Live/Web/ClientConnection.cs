using System.Net;
using Microsoft.AspNetCore.Connections;

namespace SwiftNet.Live.Web;

/// <summary>A client connection, as counted by <see cref="ConnectionLimit"/>.</summary>
/// <param name="connection">The connection.</param>
/// <param name="group">The client's group for the limit per address.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientConnection(ConnectionContext connection, IPAddress group, TimeProvider time)
{
    private int _requests;
    private volatile bool _isBusy;
    private long _waitsSince = time.GetTimestamp();

    /// <summary>The client's group for the limit per address.</summary>
    public IPAddress Group => group;

    /// <summary>Whether the connection exceeds the limits: only the liveness check is then answered.</summary>
    public bool IsReserve { get; set; }

    /// <summary>Whether no complete request has arrived yet.</summary>
    public bool IsNew => _requests == 0;

    /// <summary>Whether no request is in progress.</summary>
    public bool IsWaiting => !_isBusy;

    /// <summary>Timestamp since when no request is in progress.</summary>
    public long WaitsSince => Interlocked.Read(ref _waitsSince);

    /// <summary>Marks the start of a request.</summary>
    public void Begin()
    {
        _isBusy = true;
        Interlocked.Increment(ref _requests);
    }

    /// <summary>Marks the end of a request.</summary>
    public void End()
    {
        Interlocked.Exchange(ref _waitsSince, time.GetTimestamp());
        _isBusy = false;
    }

    /// <summary>Closes the connection at once.</summary>
    public void Abort() => connection.Abort();
}
