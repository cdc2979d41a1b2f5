using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Fleet;

/// <summary>
/// Marks dead members in the membership table. Orleans admits a new node once every active member responds, and relies on live members to
/// detect dead ones. If all
/// nodes died at once, no live member is left, and new nodes would wait for dead ones forever. Each starting node therefore removes members
/// without a heartbeat.
/// </summary>
internal sealed partial class DeadMemberCleanup(
    IMembershipTable table, FleetTimes times, TimeProvider time, ILogger<DeadMemberCleanup> logger) : IStartupTask
{
    private readonly Dictionary<SiloAddress, (DateTime Heartbeat, long At)> _silent = [];
    private readonly HashSet<SiloAddress> _alive = [];

    /// <summary>
    /// Runs before this node joins: marks members as dead that accept no connection and whose heartbeat in the store does not change. A
    /// node that is only
    /// unreachable from here keeps its heartbeat. Heartbeats are only compared for change, since they use the member's clock; waiting uses
    /// monotonic time.
    /// </summary>
    public async Task Execute(CancellationToken cancellationToken)
    {
        while (await LookAsync(cancellationToken))
        {
            await Task.Delay(times.ReportInterval, time, cancellationToken);
        }
    }

    // Returns whether the state of some member is still unknown.
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var members = await table.ReadAllAsync(cancellationToken);
        var open = members.Members.Where(member => member.Item1.Status == SiloStatus.Active && !_alive.Contains(member.Item1.SiloAddress))
            .ToList();
        var answers = await Task.WhenAll(open.Select(member => AnswersAsync(member.Item1.SiloAddress, cancellationToken)));
        foreach (var ((entry, etag), answered) in open.Zip(answers))
        {
            var (heartbeat, at) = _silent.GetValueOrDefault(entry.SiloAddress, (entry.IAmAliveTime, time.GetTimestamp()));
            _silent[entry.SiloAddress] = (heartbeat, at);
            if (answered || heartbeat != entry.IAmAliveTime)
            {
                _alive.Add(entry.SiloAddress);
            }
            else if (time.GetElapsedTime(at) > times.EvictAfter)
            {
                entry.Status = SiloStatus.Dead;
                if (await table.UpdateRowAsync(entry, etag, members.Version.Next(), cancellationToken))
                {
                    Log.TakenOut(logger, entry.SiloName, entry.SiloAddress.Endpoint, times.EvictAfter.TotalSeconds);
                }

                // The table has changed, here or by another node: read it again.
                return true;
            }
        }

        return open.Exists(member => !_alive.Contains(member.Item1.SiloAddress));
    }

    private async Task<bool> AnswersAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var late = new CancellationTokenSource(times.ReportInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await socket.ConnectAsync(silo.Endpoint, either.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Warning, "Node {Node} at {Address} sent no heartbeat for {Seconds:0.0} s and was removed from the fleet")]
        public static partial void TakenOut(ILogger logger, string node, System.Net.IPEndPoint address, double seconds);
    }
}
