using Microsoft.Extensions.Hosting;

namespace SwiftNet.Live.Fleet;

/// <summary>Wraps Orleans' hosted service. If the store is unreachable, Orleans tries for minutes to record its departure and ignores the
/// host's timeout; this wrapper stops waiting.</summary>
/// <param name="silo">Orleans' hosted service.</param>
/// <param name="time">The clock.</param>
internal sealed class SiloService(IHostedService silo, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => silo.StartAsync(cancellationToken);

    /// <summary>Stops the silo, and waits slightly longer than the host's timeout. Other nodes detect the departure in any case.</summary>
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
