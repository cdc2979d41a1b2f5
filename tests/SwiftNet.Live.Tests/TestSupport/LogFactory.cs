using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>Gives every part the same logger.</summary>
internal sealed class LogFactory(ILogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
