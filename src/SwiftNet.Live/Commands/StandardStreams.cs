using System.Runtime.InteropServices;

namespace SwiftNet.Live.Commands;

/// <summary>
/// What a process needs of its surroundings before it begins: standard streams that are its own, and enough file descriptors. A stream that
/// the caller has closed (<c>&gt;&amp;-</c>) has a number that the runtime has used for something else since: nothing may be written there.
/// </summary>
internal static partial class StandardStreams
{
    /// <summary>File descriptors that a process with one camera needs: the runtime has about a hundred by itself.</summary>
    public const int FewestDescriptors = 160;

    // Linux: F_GETFD, FD_CLOEXEC, RLIMIT_NOFILE.
    private const int GetFlags = 1, CloseOnExec = 1, DescriptorLimit = 7;
    private const int Output = 1, Errors = 2;

    /// <summary>Puts nothing in place of closed streams, and makes a full disk behind the standard output one line.</summary>
    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (IsClosed(Errors))
        {
            Console.SetError(TextWriter.Null);
        }

        Console.SetOut(IsClosed(Output) ? TextWriter.Null : new GuardedOutput(Console.Out));
    }

    /// <summary>The most files that this process may have open, where that is too few; else null.</summary>
    public static long? TooFewDescriptors() =>
        OperatingSystem.IsLinux() && LimitOf(DescriptorLimit, out var limit) == 0 && limit.Most < FewestDescriptors
            ? (long)limit.Most
            : null;

    /// <summary>Writes a line to standard error with as little as possible: no descriptor is opened for it.</summary>
    public static void WriteError(string line)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        _ = Write(Errors, bytes, bytes.Length);
    }

    // What a process inherits stays open over exec; what the runtime opens does not.
    private static bool IsClosed(int stream) => Flags(stream, GetFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flags(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LimitOf(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint count);

    private struct Limit
    {
        public ulong Now;
        public ulong Most;
    }
}
