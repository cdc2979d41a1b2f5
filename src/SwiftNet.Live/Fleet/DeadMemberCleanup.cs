using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Fleet.Scheduling;

namespace SwiftNet.Live.Fleet;

/// <summary>
/// Members that the store still holds and that are no more. Orleans lets a node in when all members answer it, and leaves it to members to find out who is lost: where
/// all died at once there is none to do so, and those that start would wait for what never comes back. So a node that starts takes out what gives no sign of life.
/// </summary>
internal sealed partial class DeadMemberCleanup(IMembershipTable table, FleetTimes times, TimeProvider time, ILogger<DeadMemberCleanup> logger) : IStartupTask
{
    private readonly Dictionary<SiloAddress, (DateTime Told, long At)> _silent = [];
    private readonly HashSet<SiloAddress> _alive = [];

    /// <summary>
    /// Before this node joins: declares members dead that it cannot connect to and that do not tell the store that they live, as one does that is only cut off from this
    /// node. What they tell is looked at for changes alone, since it is the time by their clocks, and waited for by monotonic time.
    /// </summary>
    public async Task Execute(CancellationToken cancellationToken)
    {
        while (await LookAsync(cancellationToken))
        {
            await Task.Delay(times.ReportInterval, time, cancellationToken);
        }
    }

    // Whether there are members of which it is not known yet.
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var members = await table.ReadAllAsync(cancellationToken);
        var open = members.Members.Where(member => member.Item1.Status == SiloStatus.Active && !_alive.Contains(member.Item1.SiloAddress)).ToList();
        var answers = await Task.WhenAll(open.Select(member => AnswersAsync(member.Item1.SiloAddress, cancellationToken)));
        foreach (var ((entry, etag), answered) in open.Zip(answers))
        {
            var (told, at) = _silent.GetValueOrDefault(entry.SiloAddress, (entry.IAmAliveTime, time.GetTimestamp()));
            _silent[entry.SiloAddress] = (told, at);
            if (answered || told != entry.IAmAliveTime)
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

                // What was read is no longer so; also where another node was faster with something.
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
        [LoggerMessage(1, LogLevel.Warning, "Node {Node} at {Address} has given no sign of life for {Seconds:0.0} s, and is taken out of the fleet")]
        public static partial void TakenOut(ILogger logger, string node, System.Net.IPEndPoint address, double seconds);
    }
}
