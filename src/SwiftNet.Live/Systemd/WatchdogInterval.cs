using System.Globalization;

namespace SwiftNet.Live.Systemd;

/// <summary>Interval of watchdog pings (sd_watchdog_enabled(3)).</summary>
internal static class WatchdogInterval
{
    /// <summary>A third of systemd's timeout, so that one late ping is tolerated; null if this process is not to ping.</summary>
    /// <param name="variable">Reads environment variables.</param>
    public static TimeSpan? From(Func<string, string?> variable)
    {
        var ours = variable("WATCHDOG_PID") is not { Length: > 0 } process
            || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return ours
            && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0
            ? TimeSpan.FromMicroseconds(Math.Max(1000, microseconds / 3))
            : null;
    }
}
