using System.Text.RegularExpressions;

namespace SwiftNet.Live.Options;

/// <summary>Takes user names and passwords out of addresses in a text, before it is shown.</summary>
internal static partial class Credentials
{
    /// <summary>The text with <c>***</c> in their place.</summary>
    public static string Hide(string text) => UserInfo().Replace(text, "${scheme}***@");

    // Greedy: a password may hold the very characters that end it.
    [GeneratedRegex(@"(?<scheme>\w:/{0,2})\S*@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();
}
