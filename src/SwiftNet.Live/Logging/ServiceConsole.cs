using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace SwiftNet.Live.Logging;

/// <summary>The log on standard error, by the framework's own formatters, with date and offset to UTC, and with a limit on what
/// repeats.</summary>
internal static class ServiceConsole
{
    /// <summary>The key of the format, below <c>Logging</c>.</summary>
    public const string FormatKey = "Console:FormatterName";

    private const string Time = "yyyy-MM-dd HH:mm:ss zzz ";
    private const string JsonTime = "yyyy-MM-ddTHH:mm:ss.fffzzz";

    /// <summary>The formats that there are.</summary>
    public static IReadOnlyList<string> Formats { get; } =
    [
        ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd,
    ];

    /// <summary>Adds it: in the format of the settings, else in the journal's format (each line with its priority, the time being the
    /// journal's), or one line each with its time otherwise.</summary>
    /// <param name="logging">Where it is added.</param>
    /// <param name="settings">The section <c>Logging</c>.</param>
    public static ILoggingBuilder AddServiceConsole(this ILoggingBuilder logging, IConfiguration settings)
    {
        var format = settings[FormatKey]
            ?? (SystemdHelpers.IsSystemdService() ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple);
        logging.AddConsole(console => (console.FormatterName, console.LogToStandardErrorThreshold) = (format, LogLevel.Trace));
        if (settings["Console:FormatterOptions:TimestampFormat"] is null)
        {
            logging.Services.Configure<SimpleConsoleFormatterOptions>(simple => (simple.SingleLine, simple.TimestampFormat) = (true, Time));
            logging.Services.Configure<JsonConsoleFormatterOptions>(json => json.TimestampFormat = JsonTime);
        }

        var console = logging.Services.Single(
            of => of.ServiceType == typeof(ILoggerProvider) && of.ImplementationType == typeof(ConsoleLoggerProvider));
        logging.Services.Remove(console);
        logging.Services.AddSingleton<ILoggerProvider>(
            of => new RepeatLimit(ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(of), TimeProvider.System));
        return logging;
    }
}
