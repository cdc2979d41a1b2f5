using System.Text.RegularExpressions;

namespace SwiftNet.Live.Options;

/// <summary>Masks user, password and query values of URIs in a text.</summary>
internal static partial class MaskedUri
{
    /// <summary>The replacement for a secret.</summary>
    public const string Mask = "***";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    /// <summary>Masks a text that consists of one URI or a list of URIs, well-formed or not; in doubt a part is masked.</summary>
    public static string InValue(string text) => QueryOfValue().Replace(UserOfValue().Replace(text, MaskUser), MaskQuery);

    /// <summary>Masks the URIs within other text.</summary>
    public static string InLine(string text) => QueryInLine().Replace(UserInLine().Replace(text, MaskUser), MaskQuery);

    private static string MaskUser(Match match) => $"{match.Groups["scheme"].Value}{Mask}@";

    private static string MaskQuery(Match match)
    {
        var mark = match.Value.IndexOf('?', StringComparison.Ordinal) + 1;
        return match.Value[..mark] + string.Join('&', match.Value[mark..].Split('&').Select(MaskPair));
    }

    // A key stays visible; without a key, the whole part counts as a value.
    private static string MaskPair(string pair) => pair[..(pair.IndexOf('=', StringComparison.Ordinal) + 1)] + Mask;

    // Up to the last @, since unescaped passwords may contain @, slashes and spaces.
    [GeneratedRegex("(?<scheme>[a-z][a-z0-9+.-]*:(//)?).*@", Options | RegexOptions.Singleline)]
    private static partial Regex UserOfValue();

    [GeneratedRegex(@"(?<scheme>[a-z][a-z0-9+.-]*://)\S*@", Options)]
    private static partial Regex UserInLine();

    [GeneratedRegex(@"://[^?]*\?.*", Options | RegexOptions.Singleline)]
    private static partial Regex QueryOfValue();

    [GeneratedRegex(@"://[^?\s]*\?[^\s'""]*", Options)]
    private static partial Regex QueryInLine();
}
