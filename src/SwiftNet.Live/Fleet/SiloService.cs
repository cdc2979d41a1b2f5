using Microsoft.Extensions.Hosting;

namespace SwiftNet.Live.Fleet;

/// <summary>Orleans' silo as the host starts and stops it. Where the store is away Orleans tries for minutes to write down that it goes, whatever the host says: it is not waited for so long.</summary>
/// <param name="silo">Orleans' own service.</param>
/// <param name="time">The clock.</param>
internal sealed class SiloService(IHostedService silo, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => silo.StartAsync(cancellationToken);

    /// <summary>Stops it, and waits for it a little longer than the host does. The others find it gone in any case.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stopping = silo.StopAsync(cancellationToken);
        try
        {
            await stopping.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(stopping, Task.Delay(s_patience, time, CancellationToken.None));
        }
    }
}
