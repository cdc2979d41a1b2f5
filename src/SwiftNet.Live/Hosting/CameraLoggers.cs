using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Hosting;

/// <summary>Puts a camera's name behind each log category, <c>SwiftNet.Live.Capture.CaptureStage.gate</c>: where several cameras run, each
/// line names its camera.</summary>
internal sealed class CameraLoggers(ILoggerFactory loggers, string camera) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => loggers.CreateLogger($"{categoryName}.{camera}");

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Leaves the service's own loggers alone.</summary>
    public void Dispose()
    {
    }
}
