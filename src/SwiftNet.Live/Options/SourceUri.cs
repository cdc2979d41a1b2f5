using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SwiftNet.Live.Options;

/// <summary>A source as configured, including credentials. <see cref="ToString"/> shows neither user, password nor query values.</summary>
internal sealed partial class SourceUri : IEquatable<SourceUri>
{
    // Short query values, such as channel=1, are not secret, and masking them would garble every message.
    private const int ShortestQuerySecret = 4;
    // RFC 2326 and RFC 7826.
    private const int RtspPort = 554;
    private const int RtspsPort = 322;
    private const string PollKey = "poll=";
    private static readonly string[] s_networkKinds = ["rtsp", "rtsps", "http", "https"];
    private readonly string _text;
    private readonly string _shown;

    /// <summary>Accepts any text; <see cref="Problem"/> describes errors.</summary>
    public SourceUri(string text)
    {
        _text = text;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon > 0 ? text[..colon].ToLowerInvariant() : "";
        IsNetwork = s_networkKinds.Contains(kind);
        Uri = IsNetwork && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri : null;
        // Paths, and queries with sizes and rates.
        _shown = kind is "test" or "v4l2" or "file" or "images" || !text.Contains(':', StringComparison.Ordinal)
            ? text
            : MaskedUri.InValue(text).Replace(MaskedUri.Mask + "@", "", StringComparison.Ordinal);
    }

    /// <summary>Whether the source is on the network: rtsp, rtsps, http or https.</summary>
    public bool IsNetwork { get; }

    /// <summary>The path of a network source; empty for others.</summary>
    public string Path => Uri?.AbsolutePath ?? "";

    /// <summary>The parsed URI of a network source; null for others and for an invalid URI.</summary>
    private Uri? Uri { get; }

    /// <summary>The error, phrased to follow the source's text; null = valid.</summary>
    public string? Problem => this switch
    {
        { _text.Length: 0 } => "is empty",
        { IsNetwork: false } => null,
        { Uri: null } => "is not a URI with a host; write special characters of user and password as %XX, such as %40 for @",
        _ when _text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) => "contains a space or control character; write it as %XX",
        _ when Uri.Scheme is "http" or "https" && Poll is { } poll && PollInterval is null =>
            $"has poll={poll}; it must be a time from 50ms to 3600s, such as 1s",
        _ when _text.LastIndexOf('@') is var at && (at >= EndOfAuthority || at != _text.IndexOf('@', StringComparison.Ordinal)) =>
            "has an @ that may belong to the password; write special characters as %XX, such as %40 for @ and %2F for /",
        _ => null,
    };

    /// <summary>Host and port of a network source; no host for others.</summary>
    public (string Host, int Port) Peer => (Uri?.DnsSafeHost ?? "", (Uri?.Port, Uri?.Scheme) switch
    {
        ( > 0 and var port, _) => port,
        (_, "rtsps") => RtspsPort,
        _ => RtspPort,
    });

    /// <summary>Polling interval of an HTTP source, from <c>poll=1s</c> in its query; null = a stream.</summary>
    public TimeSpan? PollInterval =>
        Poll is { } poll && PollTime().Match(poll) is { Success: true } match
        && TimeSpan.FromSeconds(
            double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
                / (match.Groups["unit"].Value == "ms" ? 1000 : 1)) is { TotalSeconds: >= 0.05 and <= 3600 } interval
            ? interval : null;

    /// <summary>The request URI of an HTTP source, with secrets but without user, password and this service's own query keys. Never log
    /// it.</summary>
    public Uri RevealRequest()
    {
        var kept = Uri!.Query.TrimStart('?').Split('&').Where(pair => !pair.StartsWith(PollKey, StringComparison.OrdinalIgnoreCase));
        return new UriBuilder(Uri) { UserName = "", Password = "", Query = string.Join('&', kept) }.Uri;
    }

    /// <summary>User and password of a network source; null = none.</summary>
    public NetworkCredential? RevealCredentials() => Uri?.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest]
        ? new NetworkCredential(Uri.UnescapeDataString(user), rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : "")
        : null;

    /// <summary>Converts a configured text.</summary>
    public static implicit operator SourceUri(string text) => new(text);

    /// <summary>The text including secrets: for the decoder's standard input only, never for messages or arguments.</summary>
    public string Reveal() => _text;

    /// <summary>Masks this source's secrets in text from another program or peer.</summary>
    public string Scrub(string line)
    {
        line = line.Replace(_text, _shown, StringComparison.OrdinalIgnoreCase);
        foreach (var secret in Secrets().OrderByDescending(s => s.Length))
        {
            line = line.Replace(secret, MaskedUri.Mask, StringComparison.OrdinalIgnoreCase);
        }

        return MaskedUri.InLine(line);
    }

    /// <summary>The text without secrets.</summary>
    public override string ToString() => _shown;

    /// <inheritdoc/>
    public bool Equals(SourceUri? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SourceUri);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    private string? Poll =>
        Uri?.Query.TrimStart('?')
            .Split('&')
            .FirstOrDefault(pair => pair.StartsWith(PollKey, StringComparison.OrdinalIgnoreCase))?[PollKey.Length..];

    private int EndOfAuthority =>
        _text.AsSpan(_text.IndexOf("//", StringComparison.Ordinal) + 2) is var rest && rest.IndexOfAny("/?#") is >= 0 and var end
            ? _text.Length - rest.Length + end
            : _text.Length;

    private IEnumerable<string> Secrets()
    {
        if (Uri is null)
        {
            return [];
        }

        var credentials = _text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
            ? _text[(_text.IndexOf("//", StringComparison.Ordinal) + 2)..at]
            : "";
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        // Without a password, the user name may be a token.
        var password = credentials[(colon + 1)..];
        var values = Uri.Query.TrimStart('?')
            .Split('&')
            .Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])
            .Where(value => value.Length >= ShortestQuerySecret);
        string[] written = [credentials, password, .. values];
        return written
            .SelectMany(secret => new[] { secret, Uri.UnescapeDataString(secret), Uri.EscapeDataString(Uri.UnescapeDataString(secret)) })
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(credentials))))
            .Where(secret => secret.Length > 0)
            .Distinct();
    }

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PollTime();
}
