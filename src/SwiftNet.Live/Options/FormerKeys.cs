using System.Collections.Concurrent;

namespace SwiftNet.Live.Options;

/// <summary>Options that have been renamed. The former key is accepted, with one warning that contains the current key.</summary>
internal static class FormerKeys
{
    private static readonly ConcurrentDictionary<string, bool> s_reported = new();

    /// <summary>The current key of each former key.</summary>
    public static IReadOnlyDictionary<string, string> Current { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Memory:Reach"] = "Memory:SearchRadius",
        ["Memory:PreviousHandicap"] = "Memory:PreviousBackgroundPenalty",
        ["Memory:AreaShare"] = "Memory:WriteAreaThreshold",
        ["Budget:Pin"] = "Budget:Fixed",
        ["Objects:KeepSeconds"] = "Objects:HistorySeconds",
        ["Objects:KeepMegabytes"] = "Objects:HistoryMegabytes",
        ["Output:Files:FloorGigabytes"] = "Output:Files:MinFreeGigabytes",
        ["Output:Recording:FloorGigabytes"] = "Output:Recording:MinFreeGigabytes",
        ["Fleet:Box"] = "Fleet:Node",
    };

    /// <summary>Replaces former keys, also those of single cameras. To be called for each configuration source separately, so that a source
    /// of higher precedence
    /// keeps its precedence. If a source contains both keys, the current one counts.</summary>
    /// <param name="settings">The settings of one source, by full key.</param>
    /// <param name="warn">Receives one line per former key; null = no warnings.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Rename(
        IEnumerable<KeyValuePair<string, string?>> settings, Action<string>? warn)
    {
        var all = settings.ToList();
        foreach (var (key, value) in all)
        {
            var prefix = PrefixOf(key);
            if (!Current.TryGetValue(key[prefix..], out var current))
            {
                yield return new(key, value);
                continue;
            }

            warn?.Invoke($"{key[prefix..]} is now called {current}; the former name will be removed.");
            var renamed = key[..prefix] + current;
            if (!all.Exists(other => other.Key.Equals(renamed, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new(renamed, value);
            }
        }
    }

    /// <summary>Writes a warning to standard error, each text once in the life of the process.</summary>
    public static void WarnOnce(string text)
    {
        if (s_reported.TryAdd(text, true))
        {
            Console.Error.WriteLine($"swiftnet-live: Warning: {text}");
        }
    }

    // The length of "Cameras:N:".
    private static int PrefixOf(string key)
    {
        if (!key.StartsWith(CamerasReader.Section + ":", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var end = key.IndexOf(':', CamerasReader.Section.Length + 1);
        return end < 0 ? 0 : end + 1;
    }
}
