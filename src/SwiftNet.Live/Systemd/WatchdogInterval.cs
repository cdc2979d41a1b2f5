using System.Globalization;

namespace SwiftNet.Live.Systemd;

/// <summary>How often systemd wants to be pinged (sd_watchdog_enabled(3)).</summary>
internal static class WatchdogInterval
{
    /// <summary>A third of what systemd waits, so that one late ping ends nothing; null where no ping is wanted from this process.</summary>
    /// <param name="variable">The environment.</param>
    public static TimeSpan? From(Func<string, string?> variable)
    {
        var ours = variable("WATCHDOG_PID") is not { Length: > 0 } process || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return ours && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(Math.Max(1000, microseconds / 3))
            : null;
    }
}
