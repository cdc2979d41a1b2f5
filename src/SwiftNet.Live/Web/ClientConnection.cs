using System.Net;
using Microsoft.AspNetCore.Connections;

namespace SwiftNet.Live.Web;

/// <summary>One connection of a visitor, as <see cref="ConnectionLimit"/> counts it.</summary>
/// <param name="connection">The connection.</param>
/// <param name="group">What it is counted by.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientConnection(ConnectionContext connection, IPAddress group, TimeProvider time)
{
    private int _requests;
    private volatile bool _isBusy;
    private long _waitsSince = time.GetTimestamp();

    /// <summary>What it is counted by.</summary>
    public IPAddress Group => group;

    /// <summary>Whether it is beyond the limits: then only whether the service lives is answered.</summary>
    public bool IsReserve { get; set; }

    /// <summary>Whether it has not sent a whole request yet.</summary>
    public bool IsNew => _requests == 0;

    /// <summary>Whether no request is being answered.</summary>
    public bool IsWaiting => !_isBusy;

    /// <summary>Since when no request is being answered, as a timestamp of the clock.</summary>
    public long WaitsSince => Interlocked.Read(ref _waitsSince);

    /// <summary>A request has come.</summary>
    public void Begin()
    {
        _isBusy = true;
        Interlocked.Increment(ref _requests);
    }

    /// <summary>The request is answered.</summary>
    public void End()
    {
        Interlocked.Exchange(ref _waitsSince, time.GetTimestamp());
        _isBusy = false;
    }

    /// <summary>Closes it at once.</summary>
    public void Abort() => connection.Abort();
}
