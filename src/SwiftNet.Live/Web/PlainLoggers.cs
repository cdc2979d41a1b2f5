using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Web;

/// <summary>
/// Loggers for the web framework: exceptions are logged as one line with type and message, since clients can cause any number of them; the
/// stack trace at level Debug.
/// Errors of a single connection, such as a request body that breaks off, are the client's fault and logged at Debug.
/// </summary>
/// <param name="loggers">The service's loggers.</param>
internal sealed class PlainLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new PlainLogger(
            loggers.CreateLogger(categoryName),
            categoryName.StartsWith(Server, StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Error);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Does nothing: the service owns its loggers.</summary>
    public void Dispose()
    {
    }

    private sealed class PlainLogger(ILogger logger, LogLevel error) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(LevelOf(logLevel));

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            logLevel = LevelOf(logLevel);
            if (!logger.IsEnabled(logLevel))
            {
                return;
            }

            if (exception is null || logger.IsEnabled(LogLevel.Debug))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            logger.Log(
                logLevel,
                eventId,
                state,
                null,
                (said, _) => $"{formatter(said, exception)} ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})");
        }

        private LogLevel LevelOf(LogLevel level) => level == LogLevel.Error ? error : level;
    }
}
