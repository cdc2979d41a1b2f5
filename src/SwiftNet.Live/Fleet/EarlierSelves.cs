using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>
/// What Orleans' table of members holds of this box from before. A box has to reach all members before it joins; one that died at another address, as containers have
/// a new one each time, stands there until the others find out, and where there are no others, for a quarter of an hour. So each box takes its own away itself.
/// </summary>
internal static class EarlierSelves
{
    private const int Tries = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Declares members with this box's name dead that are not it and do not answer; before it joins, and when the table is there.</summary>
    public static async Task StrikeOffAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (table, here, name) = (services.GetRequiredService<IMembershipTable>(), services.GetRequiredService<ILocalSiloDetails>().SiloAddress, services.GetRequiredService<FleetOptions>().BoxName);
        var answering = new HashSet<SiloAddress> { here };
        for (var left = Tries; left > 0; left--)
        {
            var members = await table.ReadAllAsync(cancellationToken);
            if (members.Members.FirstOrDefault(member => member.Item1 is { } of && of.SiloName == name && of.Status != SiloStatus.Dead && !answering.Contains(of.SiloAddress)) is not { } found)
            {
                return;
            }

            var (entry, etag) = found;
            if (await AnswersAsync(entry.SiloAddress, cancellationToken))
            {
                answering.Add(entry.SiloAddress);
                continue;
            }

            entry.Status = SiloStatus.Dead;
            // False where another box was faster with something: then all is read again.
            await table.UpdateRowAsync(entry, etag, members.Version.Next(), cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            await socket.ConnectAsync(silo.Endpoint, patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
