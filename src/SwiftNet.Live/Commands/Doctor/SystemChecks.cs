using System.Runtime.InteropServices;

namespace SwiftNet.Live.Commands.Doctor;

/// <summary>The machine: system, processor, cameras, and the libraries that native code asks for.</summary>
internal static class SystemChecks
{
    private static readonly string[] s_wantedFlags = ["avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16"];

    /// <summary>The checks.</summary>
    public static IEnumerable<Check> For(LinuxSystem system) =>
    [
        new("system", () => RuntimeInformation.ProcessArchitecture == Architecture.X64 && OperatingSystem.IsLinux()
            ? Finding.Fine($"{system.Name}, kernel {Environment.OSVersion.Version}")
            : Finding.Missing(
                $"{RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}; the native "
                    + "libraries are for Linux on x64")),
        new(".NET", () => Finding.Fine($"{RuntimeInformation.FrameworkDescription} in {RuntimeEnvironment.GetRuntimeDirectory()}")),
        new("processor", Processor),
        new("libstdc++", () => Library("libstdc++.so.6", "libstdc++6")),
        new("GTK 3", () => Library("libgtk-3.so.0", system.Gtk)),
        new("libatomic", () => Library("libatomic.so.1", "libatomic1")),
        new("cameras", Cameras),
    ];

    private static Finding Processor()
    {
        return Finding.Fine(
            $"{Bench.Processor.Name}, {Environment.ProcessorCount} cores, "
            + string.Join(' ', s_wantedFlags.Select(flag => Bench.Processor.Flags.Contains(flag) ? flag : $"(no {flag})")));
    }

    private static Finding Library(string name, string package)
    {
        if (!NativeLibrary.TryLoad(name, out _))
        {
            return Finding.Missing($"{name} does not load", package);
        }

        var path = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal));
        return Finding.Fine(path ?? name);
    }

    private static Finding Cameras()
    {
        const string Devices = "/sys/class/video4linux";
        var cameras = Directory.Exists(Devices)
            ? Directory.GetDirectories(Devices).Order(NaturalOrder.Instance).Select(Camera).ToArray()
            : [];
        return cameras.Length > 0
            ? Finding.Fine(string.Join(", ", cameras))
            : Finding.Note("no V4L2 device; videos, folders of images and the test pattern work");
    }

    private static string Camera(string folder) =>
        $"/dev/{Path.GetFileName(folder)} ({File.ReadAllText(Path.Combine(folder, "name")).Trim()})";
}
