namespace SwiftNet.Live.Commands.Doctor;

/// <summary>The distribution, as os-release names it, and the names of its packages.</summary>
internal sealed class LinuxSystem
{
    private static readonly string[] s_beforeTheRename = ["debian 11", "debian 12", "ubuntu 20.04", "ubuntu 22.04"];
    private readonly Dictionary<string, string> _release;

    /// <summary>Reads the lines of an os-release file.</summary>
    public LinuxSystem(IEnumerable<string> release) => _release = release
        .Select(line => line.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .DistinctBy(pair => pair[0])
        .ToDictionary(pair => pair[0], pair => pair[1].Trim('"', '\''));

    /// <summary>This machine's.</summary>
    public static LinuxSystem Here => new(File.Exists("/etc/os-release") ? File.ReadAllLines("/etc/os-release") : []);

    /// <summary>What it calls itself.</summary>
    public string Name => _release.GetValueOrDefault("PRETTY_NAME", "an unknown Linux");

    /// <summary>GTK 3's package; it was renamed with the 64-bit time of Debian 13 and Ubuntu 24.04.</summary>
    public string Gtk =>
        Array.Exists(s_beforeTheRename, v => v == $"{_release.GetValueOrDefault("ID")} {_release.GetValueOrDefault("VERSION_ID")}")
            ? "libgtk-3-0"
            : "libgtk-3-0t64";

    /// <summary>The command that installs packages.</summary>
    public static string Install(IEnumerable<string> packages) =>
        $"{(Environment.IsPrivilegedProcess ? "" : "sudo ")}apt-get install --no-install-recommends {string.Join(' ', packages)}";
}
