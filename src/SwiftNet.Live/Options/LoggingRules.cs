using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Logging;

namespace SwiftNet.Live.Options;

/// <summary>Validates the logging framework's section, which the framework itself accepts silently or rejects without naming the
/// key.</summary>
internal static class LoggingRules
{
    /// <summary>The errors, one line each.</summary>
    public static IEnumerable<string> Errors(IConfiguration logging)
    {
        var format = logging[ServiceConsole.FormatKey];
        if (format is not null && !ServiceConsole.Formats.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Logging:{ServiceConsole.FormatKey}={format}: must be {string.Join(", ", ServiceConsole.Formats.SkipLast(1))} or "
                + $"{ServiceConsole.Formats[^1]}";
        }

        foreach (var level in logging
            .GetChildren()
            .SelectMany(
                child =>
                    IsLevels(child) ? child.GetChildren() : child.GetChildren().Where(IsLevels).SelectMany(levels => levels.GetChildren())))
        {
            if (!string.IsNullOrEmpty(level.Value) && !Enum.GetNames<LogLevel>().Contains(level.Value, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{level.Path}={level.Value}: must be {string.Join(", ", Enum.GetNames<LogLevel>().SkipLast(1))} or None";
            }
        }
    }

    private static bool IsLevels(IConfigurationSection section) => section.Key.Equals("LogLevel", StringComparison.OrdinalIgnoreCase);
}
