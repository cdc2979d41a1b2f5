namespace SwiftNet.Live.Options;

/// <summary>Suggests the name closest to a misspelt one.</summary>
internal static class Nearest
{
    /// <summary>"did you mean X?", or the list of valid names if none is close.</summary>
    public static string Suggest(string given, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var best = names.MinBy(name => Distance(given, name))!;
        return Distance(given, best) <= Math.Max(2, best.Length / 3)
            ? $"did you mean {best}?"
            : $"valid names are {string.Join(", ", names)}";
    }

    /// <summary>Edit distance (Levenshtein), ignoring case.</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < to.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(from[i]) == char.ToUpperInvariant(to[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
