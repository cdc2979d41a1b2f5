using System.Diagnostics;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A disk that is soon full; a test without the right to mount one is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string this[string name] => _folder[name];

    public static SmallDisk Mount(int kilobytes)
    {
        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", disk._folder.Root) != 0)
        {
            disk._folder.Dispose();
            Assert.Skip("needs the right to mount a tmpfs");
        }

        return disk;
    }

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.Root);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var child = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        child.StandardError.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode;
    }
}
