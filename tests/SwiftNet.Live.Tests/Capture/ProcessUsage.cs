using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>What this process holds.</summary>
/// <param name="Descriptors">Open files, pipes and sockets, without those of the program, which are opened when they are first
/// needed.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Allocated">Bytes in use, of managed objects and of malloc's.</param>
/// <param name="Resident">Bytes of memory that the system counts.</param>
internal readonly partial record struct ProcessUsage(int Descriptors, int Threads, long Allocated, long Resident)
{
    public static ProcessUsage Now()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        var native = AllocationInfo();
        using var self = Process.GetCurrentProcess();
        return new ProcessUsage(
            Directory.GetFileSystemEntries("/proc/self/fd").Count(IsNotCode),
            self.Threads.Count,
            managed + (long)(native.InBlocks + native.InMaps),
            self.WorkingSet64);
    }

    /// <summary>The children, as <c>/proc/ID/stat</c> names them; dead ones that nobody has taken note of as well.</summary>
    public static IReadOnlyList<string> Children() =>
        [.. Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(StatOf).Where(IsOurs)];

    private static bool IsNotCode(string descriptor)
    {
        var target = new FileInfo(descriptor).LinkTarget;
        return target is not null && Path.GetExtension(target) is not (".dll" or ".pdb");
    }

    private static bool IsOurs(string stat) =>
        stat.Length > 0 && int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]) == Environment.ProcessId;

    private static string StatOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial MallocInfo AllocationInfo();

    // mallinfo2(3); glibc 2.33 and later.
    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
        public nuint Arena;
        public nuint FreeBlocks;
        public nuint FastBlocks;
        public nuint Maps;
        public nuint InMaps;
        public nuint MostUsed;
        public nuint InFastBlocks;
        public nuint InBlocks;
        public nuint InFreeBlocks;
        public nuint Trimmable;
    }
}
