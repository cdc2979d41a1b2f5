using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SwiftNet.Live.Output.Rtsp;

/// <summary>User name and password for an RTSP server, with Digest (RFC 7616; RFC 2069 for old servers) or Basic authentication.</summary>
internal sealed partial class RtspCredentials(string user, string password)
{
    private Dictionary<string, string>? _digest;
    private bool _basic;
    private int _count;

    /// <summary>Whether a user name is set.</summary>
    public bool Any => user.Length > 0;

    /// <summary>Reads the challenges of a 401 response; false if none is supported.</summary>
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

    /// <summary>The <c>Authorization</c> header for a request; null before a challenge.</summary>
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
        Parameter()
            .Matches(challenge)
            .ToDictionary(m => m.Groups["key"].Value, m => m.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);

    private string Answer(Dictionary<string, string> digest, string method, string uri)
    {
        var (realm, nonce, algorithm) =
            (digest.GetValueOrDefault("realm", ""), digest["nonce"], digest.GetValueOrDefault("algorithm", "MD5"));
        var (who, what) = (Hash($"{user}:{realm}:{password}"), Hash($"{method}:{uri}"));
        var answer = $"Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", algorithm={algorithm}";
        if (digest.TryGetValue("opaque", out var opaque))
        {
            answer += $", opaque=\"{opaque}\"";
        }

        if (!digest
            .GetValueOrDefault("qop", "")
            .Split(',', StringSplitOptions.TrimEntries)
            .Contains("auth", StringComparer.OrdinalIgnoreCase))
        {
            return $"{answer}, response=\"{Hash($"{who}:{nonce}:{what}")}\"";
        }

        var (count, own) = ($"{++_count:x8}", RandomNumberGenerator.GetHexString(16, lowercase: true));
        return $"{answer}, qop=auth, nc={count}, cnonce=\"{own}\", response=\"{Hash($"{who}:{nonce}:{count}:{own}:auth:{what}")}\"";

        string Hash(string text) => Convert.ToHexStringLower(HashOf(algorithm, Encoding.UTF8.GetBytes(text)));
    }

    // The protocol prescribes MD5, which most servers support; use rtsps for better protection.
#pragma warning disable CA5351
    private static byte[] HashOf(string algorithm, byte[] text) =>
        algorithm.Equals("SHA-256", StringComparison.OrdinalIgnoreCase) ? SHA256.HashData(text) : MD5.HashData(text);
#pragma warning restore CA5351

    [GeneratedRegex(
        "(?<key>\\w+)=(\"(?<value>[^\"]*)\"|(?<value>[^\",\\s]+))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
