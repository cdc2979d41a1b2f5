using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Web;

/// <summary>
/// The service's log for the web framework: an exception becomes its type and message in one line, since a visitor decides how often there is one; whole at the level Debug.
/// What the server calls an error of one connection, such as a body that broke off while it was read, is the visitor's doing: Debug as well.
/// </summary>
/// <param name="loggers">The service's.</param>
internal sealed class PlainLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new PlainLogger(loggers.CreateLogger(categoryName), categoryName.StartsWith(Server, StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Error);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Leaves the service's own loggers alone.</summary>
    public void Dispose()
    {
    }

    private sealed class PlainLogger(ILogger logger, LogLevel error) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(LevelOf(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
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

            logger.Log(logLevel, eventId, state, null, (said, _) => $"{formatter(said, exception)} ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})");
        }

        private LogLevel LevelOf(LogLevel level) => level == LogLevel.Error ? error : level;
    }
}
