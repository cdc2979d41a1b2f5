using System.Text.RegularExpressions;

namespace SwiftNet.Live.Options;

/// <summary>Takes user, password and query values out of the URIs in a text, so that it can be shown.</summary>
internal static partial class MaskedUri
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    /// <summary>Masks a text that is one URI or a list of them, well-formed or not: whatever may be a part of a secret goes.</summary>
    public static string InValue(string text) => QueryOfValue().Replace(UserOfValue().Replace(text, MaskUser), MaskQuery);

    /// <summary>Masks the URIs within a line of other words.</summary>
    public static string InLine(string text) => QueryInLine().Replace(UserInLine().Replace(text, MaskUser), MaskQuery);

    private static string MaskUser(Match match) => $"{match.Groups["scheme"].Value}{Mask}@";

    private static string MaskQuery(Match match)
    {
        var mark = match.Value.IndexOf('?', StringComparison.Ordinal) + 1;
        return match.Value[..mark] + string.Join('&', match.Value[mark..].Split('&').Select(MaskPair));
    }

    // A key keeps its name; without one the whole is the value.
    private static string MaskPair(string pair) => pair[..(pair.IndexOf('=', StringComparison.Ordinal) + 1)] + Mask;

    // Up to the last @: people write passwords with an @ of their own, with a slash, with a blank.
    [GeneratedRegex("(?<scheme>[a-z][a-z0-9+.-]*:(//)?).*@", Options | RegexOptions.Singleline)]
    private static partial Regex UserOfValue();

    [GeneratedRegex(@"(?<scheme>[a-z][a-z0-9+.-]*://)\S*@", Options)]
    private static partial Regex UserInLine();

    [GeneratedRegex(@"://[^?]*\?.*", Options | RegexOptions.Singleline)]
    private static partial Regex QueryOfValue();

    [GeneratedRegex(@"://[^?\s]*\?[^\s'""]*", Options)]
    private static partial Regex QueryInLine();
}
