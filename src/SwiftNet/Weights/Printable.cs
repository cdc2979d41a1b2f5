namespace SwiftNet.Weights;

/// <summary>Text from an untrusted file, made fit for a one-line message on a terminal.</summary>
internal static class Printable
{
    private const int Longest = 120;

    /// <summary>The text on one line, without control characters, cut where it is long.</summary>
    public static string Of(string text)
    {
        var shown = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "...") : text;
        return string.Create(shown.Length, shown, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }
}
