using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SwiftNet.Live.Output.Folders;

/// <summary>
/// Exclusive right to write into a folder: the file <c>.lock</c>, locked by flock(2), so that the kernel releases it however the process
/// ends. It contains the
/// process id and is deleted with the lock.
/// </summary>
internal sealed partial class FolderLock : IDisposable
{
    private const string Name = ".lock";

    // Linux: EWOULDBLOCK, O_RDWR | O_CREAT | O_CLOEXEC, O_RDONLY | O_CLOEXEC, LOCK_EX | LOCK_NB.
    private const int WouldBlock = 11, ReadWriteCreate = 0x80042, ReadOnly = 0x80000, ExclusiveAtOnce = 6;
    private const int OwnerAndGroup = 0b110_100_000;
    private readonly string _path;
    private readonly SafeFileHandle _file;

    private FolderLock(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    /// <summary>Locks an existing folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that names the folder, for the message.</param>
    /// <exception cref="UserErrorException">The folder is in use (<see cref="IsInUse"/>) or not writable.</exception>
    public static FolderLock Take(string folder, string option)
    {
        var path = Path.Combine(folder, Name);
        while (true)
        {
            // Not FileStream: it locks every file that it opens, so that other processes could not read the holder.
            var file = Open(path, ReadWriteCreate, OwnerAndGroup);
            if (file.IsInvalid || (Lock(file, ExclusiveAtOnce) < 0 && Marshal.GetLastPInvokeError() == WouldBlock))
            {
                var error = Marshal.GetLastPInvokeError();
                file.Dispose();
                throw error == WouldBlock
                    ? new UserErrorException(
                        $"The folder {folder} is in use by another process or camera{Holder(path)}; choose another {option}.",
                        new IOException("The folder is locked.", WouldBlock))
                    : new UserErrorException(
                        $"Output folder {folder} is not writable: {Marshal.GetPInvokeErrorMessage(error)}. Choose another folder or "
                            + "correct its permissions.");
            }

            if (IsOf(path, file))
            {
                return new FolderLock(path, file);
            }

            file.Dispose();
        }
    }

    /// <summary>Whether an exception means that the folder is in use.</summary>
    public static bool IsInUse(UserErrorException error) => error.InnerException is IOException { HResult: WouldBlock };

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        if (_file.IsClosed)
        {
            return;
        }

        try
        {
            // Delete while still locked, so that the next holder's file is not deleted.
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }

        _file.Dispose();
    }

    // The previous holder may have deleted the file between open and lock: a lock on a deleted file excludes no other process.
    private static bool IsOf(string path, SafeFileHandle file)
    {
        var mark = $"{Environment.ProcessId} {Guid.NewGuid():N}";
        try
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(mark), 0);
        }
        catch (IOException)
        {
            // The disk is full; writing results will report that.
            return true;
        }

        return Read(path) == mark;
    }

    private static string Holder(string path)
    {
        var process = Read(path)?.Split(' ')[0] ?? "";
        return process.Length > 0 ? $" (process {process})" : "";
    }

    private static string? Read(string path)
    {
        using var file = Open(path, ReadOnly, 0);
        Span<byte> text = stackalloc byte[64];
        return file.IsInvalid ? null : Encoding.ASCII.GetString(text[..RandomAccess.Read(file, text, 0)]);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
