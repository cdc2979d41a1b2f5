namespace SwiftNet.Live.Options;

/// <summary>Events as HTTP POST requests.</summary>
internal sealed record WebhookOptions
{
    /// <summary>The URL to post to, http(s); empty = no webhook.</summary>
    [Secret]
    public string? Url { get; init; }

    /// <summary>Sent as <c>Authorization: Bearer TOKEN</c>; empty = none.</summary>
    [Secret]
    public string? Token { get; init; }
}
