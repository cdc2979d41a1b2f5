namespace SwiftNet.Live.Bench;

/// <summary>The processor that figures are of.</summary>
internal static class Processor
{
    /// <summary>Its model name, as Linux has it.</summary>
    public static string Name { get; } = Read("model name") ?? "unknown processor";

    /// <summary>What it says it can do.</summary>
    public static string[] Flags { get; } = Read("flags")?.Split(' ') ?? [];

    private static string? Read(string key)
    {
        const string Path = "/proc/cpuinfo";
        const int LinesOfOneCore = 40;
        var lines = File.Exists(Path) ? File.ReadLines(Path).Take(LinesOfOneCore) : [];
        return lines
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0] == key)?[1];
    }
}
