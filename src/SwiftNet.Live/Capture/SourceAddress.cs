using System.Globalization;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Capture;

/// <summary>A parsed source: <c>KIND:PATH?key=value&amp;key=value</c>, or a plain path with any characters. Of a network source only the
/// kind is parsed.</summary>
internal sealed class SourceAddress
{
    private static readonly string[] s_kinds = ["file", "images", "v4l2", "test", "rtsp", "rtsps", "http", "https"];
    private readonly Dictionary<string, string> _query = new(StringComparer.OrdinalIgnoreCase);
    private readonly SourceUri _source;

    /// <summary>Parses a source.</summary>
    /// <exception cref="UserErrorException">The kind is unknown, or the URI is invalid.</exception>
    public SourceAddress(SourceUri source)
    {
        _source = source;
        if (source.Problem is { } problem)
        {
            throw new UserErrorException($"The source {source} {problem}.");
        }

        var text = source.Reveal();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        Kind = colon > 0 ? Array.Find(s_kinds, k => text.AsSpan(0, colon).Equals(k, StringComparison.OrdinalIgnoreCase)) ?? "" : "";
        if (Kind.Length == 0 && text.Contains("://", StringComparison.Ordinal))
        {
            throw new UserErrorException(
                $"The source {text[..text.IndexOf(':', StringComparison.Ordinal)]}:… has an unknown kind; known are a path, file:, "
                    + "images:, v4l2:, test:, rtsp:, rtsps:, http: and https:.");
        }

        if (source.IsNetwork)
        {
            Path = source.ToString();
            return;
        }

        Path = Kind.Length == 0 ? text : text[(colon + 1)..];
        Path = Path.StartsWith("//", StringComparison.Ordinal) ? Path[2..] : Path;
        if (Kind is "v4l2" or "test" && Path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
        {
            ParseQuery(Path[(mark + 1)..]);
            Path = Path[..mark];
        }
    }

    /// <summary>file, images, v4l2, test, rtsp, rtsps, http or https; empty for a plain path.</summary>
    public string Kind { get; }

    /// <summary>The part after the kind, without the query; for a network source the part without secrets.</summary>
    public string Path { get; }

    /// <summary>The query's value for <paramref name="key"/>; null = none.</summary>
    public string? this[string key] => _query.GetValueOrDefault(key);

    /// <summary>Rejects a query with other keys than these.</summary>
    /// <exception cref="UserErrorException">The query contains another key.</exception>
    public void AllowKeys(params string[] keys)
    {
        if (_query.Keys.FirstOrDefault(k => !keys.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new UserErrorException($"The source {_source} has the unknown key '{unknown}'; known are {string.Join(", ", keys)}.");
        }
    }

    /// <summary>The query's number for <paramref name="key"/>.</summary>
    /// <exception cref="UserErrorException">The value is not a number, or out of range.</exception>
    public double Number(string key, double absent, double least, double most)
    {
        if (this[key] is not { } text)
        {
            return absent;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UserErrorException($"The source {_source} has {key}={text}; it must be a number from {least} to {most}.");
    }

    /// <summary>The query's size for <paramref name="key"/>.</summary>
    /// <exception cref="UserErrorException">The value is not a size, or out of range.</exception>
    public FrameSize Size(string key, FrameSize absent, FrameSize least, FrameSize most)
    {
        if (this[key] is not { } text)
        {
            return absent;
        }

        return FrameSize.TryParse(text, out var size)
            && size.Width >= least.Width
            && size.Height >= least.Height
            && size.Width <= most.Width
            && size.Height <= most.Height
            ? size
            : throw new UserErrorException($"The source {_source} has {key}={text}; it must be a size WxH from {least} to {most}.");
    }

    private void ParseQuery(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            _query[equals < 0 ? pair : pair[..equals]] = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
        }
    }
}
