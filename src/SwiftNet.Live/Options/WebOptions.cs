namespace SwiftNet.Live.Options;

/// <summary>The status page with its live preview.</summary>
internal sealed record WebOptions
{
    /// <summary>Whether there is one. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where it listens: <c>http://HOST:PORT</c>. Default: this machine alone, port 8080.</summary>
    public string Address { get; init; } = "http://127.0.0.1:8080";
}
