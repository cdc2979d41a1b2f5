using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Fleet;

/// <summary>The others have given this node up, since it stood still or could not be reached: it lets go at once and ends, to be started again as a new one.</summary>
internal sealed partial class EvictedNodeHandler(NodeLease lease, ServiceLife life, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EvictedNodeHandler> logger) : IFatalErrorHandler
{
    private const string Words = "The fleet has given this node up, since it stood still or could not be reached; its cameras run elsewhere. It ends, to be started again.";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        lease.End();
        Log.GivenUp(logger, exception?.Message ?? context ?? "");
        life.Fail(new UserErrorException(Words));

        // What hangs on the dead silo may not keep the process.
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
