namespace SwiftNet.Live.Options;

/// <summary>Export of metrics by OTLP, in addition to <c>/metrics</c>.</summary>
internal sealed record MetricsOptions
{
    /// <summary>OTLP endpoint over HTTP, such as <c>http://127.0.0.1:4318/v1/metrics</c>; empty = none.</summary>
    [Secret]
    public string? OtlpEndpoint { get; init; }

    /// <summary>Export interval in seconds; 1 to 3,600, default 15.</summary>
    public int OtlpSeconds { get; init; } = 15;

    /// <summary>Hides the endpoint, which may contain a password.</summary>
    public override string ToString() => string.IsNullOrWhiteSpace(OtlpEndpoint) ? "" : "***";
}
