using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SwiftNet.Live.Output.Rtsp;

/// <summary>A user name and password, and how the server wants to be shown them: Digest (RFC 7616; RFC 2069 where the server knows no other) or Basic.</summary>
internal sealed partial class RtspCredentials(string user, string password)
{
    private Dictionary<string, string>? _digest;
    private bool _basic;
    private int _count;

    /// <summary>Whether there are any.</summary>
    public bool Any => user.Length > 0;

    /// <summary>Takes the challenges of a 401; false where there is none that can be answered.</summary>
    public bool Learn(IEnumerable<string> challenges)
    {
        (_digest, _basic, _count) = (null, false, 0);
        foreach (var challenge in challenges)
        {
            if (challenge.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase) && Parse(challenge) is var digest && IsKnown(digest))
            {
                _digest ??= digest;
            }

            _basic |= challenge.StartsWith("Basic", StringComparison.OrdinalIgnoreCase);
        }

        return Any && (_digest is not null || _basic);
    }

    /// <summary>The value of <c>Authorization</c> for a request; null before a challenge.</summary>
    public string? For(string method, string uri)
    {
        if (_digest is { } digest)
        {
            return Answer(digest, method, uri);
        }

        return _basic ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")) : null;
    }

    private static bool IsKnown(Dictionary<string, string> digest) =>
        digest.ContainsKey("nonce") && digest.GetValueOrDefault("algorithm", "MD5").ToUpperInvariant() is "MD5" or "SHA-256";

    private static Dictionary<string, string> Parse(string challenge) =>
        Parameter().Matches(challenge).ToDictionary(m => m.Groups["key"].Value, m => m.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);

    private string Answer(Dictionary<string, string> digest, string method, string uri)
    {
        var (realm, nonce, algorithm) = (digest.GetValueOrDefault("realm", ""), digest["nonce"], digest.GetValueOrDefault("algorithm", "MD5"));
        var (who, what) = (Hash($"{user}:{realm}:{password}"), Hash($"{method}:{uri}"));
        var answer = $"Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", algorithm={algorithm}";
        if (digest.TryGetValue("opaque", out var opaque))
        {
            answer += $", opaque=\"{opaque}\"";
        }

        if (!digest.GetValueOrDefault("qop", "").Split(',', StringSplitOptions.TrimEntries).Contains("auth", StringComparer.OrdinalIgnoreCase))
        {
            return $"{answer}, response=\"{Hash($"{who}:{nonce}:{what}")}\"";
        }

        var (count, own) = ($"{++_count:x8}", RandomNumberGenerator.GetHexString(16, lowercase: true));
        return $"{answer}, qop=auth, nc={count}, cnonce=\"{own}\", response=\"{Hash($"{who}:{nonce}:{count}:{own}:auth:{what}")}\"";

        string Hash(string text) => Convert.ToHexStringLower(HashOf(algorithm, Encoding.UTF8.GetBytes(text)));
    }

    // MD5 is what the protocol says and most servers know; whoever needs more uses rtsps.
#pragma warning disable CA5351
    private static byte[] HashOf(string algorithm, byte[] text) => algorithm.Equals("SHA-256", StringComparison.OrdinalIgnoreCase) ? SHA256.HashData(text) : MD5.HashData(text);
#pragma warning restore CA5351

    [GeneratedRegex("(?<key>\\w+)=(\"(?<value>[^\"]*)\"|(?<value>[^\",\\s]+))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
