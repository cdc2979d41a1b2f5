namespace SwiftNet.Live.Options;

/// <summary>Events as HTTP POST requests.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Where they go, http(s); nothing for no webhook.</summary>
    [Secret]
    public string? Url { get; init; }

    /// <summary>Sent as <c>Authorization: Bearer TOKEN</c>, or nothing.</summary>
    [Secret]
    public string? Token { get; init; }
}
