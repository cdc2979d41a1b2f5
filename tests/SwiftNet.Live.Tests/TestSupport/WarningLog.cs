using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>Keeps what is logged.</summary>
internal sealed class WarningLog : ILogger
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Warnings.Add(formatter(state, exception));
}
