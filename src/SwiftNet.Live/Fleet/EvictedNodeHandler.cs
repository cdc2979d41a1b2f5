using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Fleet;

/// <summary>Handles the eviction of this node by the other members after it did not respond: revokes all leases at once and ends the
/// process, so that the supervisor starts it again.</summary>
internal sealed partial class EvictedNodeHandler(
    NodeLease lease,
    ServiceLife life,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<EvictedNodeHandler> logger) : IFatalErrorHandler
{
    private const string Words =
        "The fleet evicted this node because it did not respond; its cameras run on other nodes. The process ends "
            + "and must be started again.";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        lease.End();
        Log.GivenUp(logger, exception?.Message ?? context ?? "");
        life.Fail(new UserErrorException(Words));

        // A hanging silo must not keep the process alive.
        _ = EndAsync();
        lifetime.StopApplication();
    }

    private async Task EndAsync()
    {
        await Task.Delay(s_patience, time);
        await Console.Error.WriteLineAsync($"swiftnet-live: {Words}");
        Environment.Exit(1);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Message}")]
        public static partial void GivenUp(ILogger logger, string message);
    }
}
