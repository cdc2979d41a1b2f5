using System.Runtime.InteropServices;

namespace SwiftNet;

/// <summary>Settings of the C library and OpenMP that decide the speed and must stand before the first tensor.</summary>
public static partial class NativeSettings
{
    // mallopt(3): parameter numbers of glibc's malloc.h.
    private const int TrimThreshold = -1, TopPad = -2, MapThreshold = -3, ArenaMax = -8;
    private const int HugePage = 14; // MADV_HUGEPAGE
    private const int MebiByte = 1 << 20;

    /// <summary>The environment variable that, set to <c>default</c>, leaves malloc as it is: for comparison.</summary>
    public const string MallocVariable = "SWIFTNET_MALLOC";

    /// <summary>
    /// Makes malloc keep large blocks instead of mapping and unmapping each tensor's memory, and OpenMP's threads sleep
    /// while they wait. A variable that the user has set (MALLOC_*, OMP_WAIT_POLICY) wins. Elsewhere than on glibc nothing is done.
    /// </summary>
    /// <returns>False where the settings could not be made.</returns>
    public static bool Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            // Not Environment.SetEnvironmentVariable: that one does not reach native code.
            _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", 0);

            // Between two layers a thread spins this often, a fraction of a millisecond, before it sleeps: waking it
            // for each of some hundred layers costs a fifth of a small frame's time, and between frames it still sleeps.
            // With two cores, decoder, encoder and drawing need the one that would be spun on: docs/performance.md has the figures.
            _ = SetEnvironment("GOMP_SPINCOUNT", Environment.ProcessorCount <= 2 ? "1000" : "20000", 0);

            if (Environment.GetEnvironmentVariable(MallocVariable) == "default")
            {
                return true;
            }

            // 32 MiB is the most that glibc takes as a threshold; a larger one is silently ignored.
            // One arena: others are cut into heaps of 64 MiB, in which large tensors' memory is given back after all.
            var set = Set(ArenaMax, "MALLOC_ARENA_MAX", 1)
                & Set(MapThreshold, "MALLOC_MMAP_THRESHOLD_", 32 * MebiByte)
                & Set(TrimThreshold, "MALLOC_TRIM_THRESHOLD_", int.MaxValue)
                & Set(TopPad, "MALLOC_TOP_PAD_", 128 * MebiByte);
            return set && UseHugePages();
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Keeps libtorch from saying, at some convolutions, that NNPACK (which it does not need) does not know the processor. A
    /// TORCH_CPP_LOG_LEVEL of the user's wins.</summary>
    internal static void Quieten()
    {
        try
        {
            _ = SetEnvironment("TORCH_CPP_LOG_LEVEL", "ERROR", 0);
            InitialiseLogging();
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another build of libtorch, or another system: it stays as talkative as it is.
        }
    }

    /// <summary>
    /// Makes this thread, and the OpenMP threads that it will start, take numbers below 1e-38 for zero: the softmax over memory makes
    /// many, and the processor is several times slower on each.
    /// </summary>
    internal static unsafe void FlushDenormals()
    {
        const int EnvironmentBytes = 32, ControlOffset = 28; // fenv_t of x86-64: mxcsr is its last word
        const uint FlushToZero = 0x8000, DenormalsAreZero = 0x40;
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        var environment = stackalloc byte[EnvironmentBytes];
        if (GetFloatingPointEnvironment(environment) == 0)
        {
            *(uint*)(environment + ControlOffset) |= FlushToZero | DenormalsAreZero;
            _ = SetFloatingPointEnvironment(environment);
        }
    }

    /// <summary>
    /// Asks for huge pages on the part of the heap that tensors will live in: it is grown, advised and given back to malloc, which
    /// keeps it. Untouched pages cost nothing. Large maps are streamed through once a layer, and most misses then are the page table's.
    /// </summary>
    private static unsafe bool UseHugePages()
    {
        const int Blocks = 24, BlockBytes = 31 * MebiByte; // below the threshold above which malloc maps
        const nuint PageBytes = 2 * MebiByte;
        var blocks = stackalloc nuint[Blocks];
        nuint low = nuint.MaxValue, high = 0;
        for (var i = 0; i < Blocks; i++)
        {
            blocks[i] = (nuint)NativeMemory.Alloc(BlockBytes);
            (low, high) = (Math.Min(low, blocks[i]), Math.Max(high, blocks[i] + BlockBytes));
        }

        for (var i = 0; i < Blocks; i++)
        {
            NativeMemory.Free((void*)blocks[i]);
        }

        low = (low + PageBytes - 1) / PageBytes * PageBytes;
        var together = high - low <= (nuint)(Blocks + 1) * BlockBytes; // else malloc has mapped them somewhere after all
        return together && MAdvise(low, (high - low) / PageBytes * PageBytes, HugePage) == 0;
    }

    private static bool Set(int parameter, string variable, int value) =>
        Environment.GetEnvironmentVariable(variable) is not null || MallOpt(parameter, value) == 1;

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);

    // c10::initLogging(): libtorch reads its log level from the environment only here, and only Python calls it.
    [LibraryImport("libc10.so", EntryPoint = "_ZN3c1011initLoggingEv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void InitialiseLogging();

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetFloatingPointEnvironment(byte* environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int SetFloatingPointEnvironment(byte* environment);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MAdvise(nuint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
