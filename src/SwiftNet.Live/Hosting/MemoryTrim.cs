using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace SwiftNet.Live.Hosting;

/// <summary>
/// Gives free memory of malloc's back to the system every minute. Tensors come and go by the thousand, beside small blocks that stay:
/// without this its heaps grow for a quarter of an hour, by pages that nothing is in. Elsewhere than on glibc nothing is done.
/// </summary>
internal sealed partial class MemoryTrim(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (Trim() && await timer.WaitForNextTickAsync(stoppingToken))
        {
        }
    }

    private static bool Trim()
    {
        try
        {
            _ = MallocTrim(0);
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint pad);
}
