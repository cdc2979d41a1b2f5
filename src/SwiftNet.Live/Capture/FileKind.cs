using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SwiftNet.Live.Capture;

/// <summary>Type of a file, determined without opening it: opening a pipe blocks until its other end is opened.</summary>
internal static partial class FileKind
{
    // From linux/stat.h and fcntl.h.
    private const int CurrentFolder = -100;
    private const uint Type = 1;
    private const int ModeAt = 28;
    private const int TypeBits = 0xF000;
    private const int Pipe = 0x1000;
    private const int Device = 0x2000;
    private const int Socket = 0xC000;

    /// <summary>Whether the file is a pipe, named or not, or a socket.</summary>
    public static bool IsPipe(string path) => TypeOf(path) is Pipe or Socket;

    /// <summary>Whether the file is a device, such as a camera or a terminal.</summary>
    public static bool IsDevice(string path) => TypeOf(path) == Device;

    private static int TypeOf(string path)
    {
        var answer = new byte[256];
        return GetStatus(CurrentFolder, path, 0, Type, answer) == 0
            ? BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(ModeAt)) & TypeBits
            : 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, [Out] byte[] answer);
}
