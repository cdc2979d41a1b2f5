namespace SwiftNet.Live.Options;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>"did you mean X?", or what there is when nothing is near.</summary>
    public static string Suggest(string given, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var best = names.MinBy(name => Distance(given, name))!;
        return Distance(given, best) <= Math.Max(2, best.Length / 3) ? $"did you mean {best}?" : $"there are {string.Join(", ", names)}";
    }

    /// <summary>Letters to change, add or leave out to come from one word to the other, the case left aside (Levenshtein).</summary>
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
