namespace SwiftNet.Live.Options;

/// <summary>Metrics beside those that the page's server gives at <c>/metrics</c>.</summary>
internal sealed record MetricsOptions
{
    /// <summary>Where they are pushed to, by OTLP over HTTP, such as <c>http://127.0.0.1:4318/v1/metrics</c>; or nothing.</summary>
    [Secret]
    public string? OtlpEndpoint { get; init; }

    /// <summary>How often, in seconds; 1 to 3,600, default 15.</summary>
    public int OtlpSeconds { get; init; } = 15;

    /// <summary>Tells no address: it may hold a password.</summary>
    public override string ToString() => string.IsNullOrWhiteSpace(OtlpEndpoint) ? "" : "***";
}
