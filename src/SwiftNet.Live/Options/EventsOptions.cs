namespace SwiftNet.Live.Options;

/// <summary>When something has happened to an object, for MQTT and the webhook.</summary>
internal sealed record EventsOptions
{
    /// <summary>An object has moved when its centre went farther than this share of its own size (the mean side of its box) since its last event; over 0, up to 100, default 0.5.</summary>
    public double MovedShare { get; init; } = 0.5;

    /// <summary>At least so many seconds lie between an object's event and a move of it; 0 to 3,600, default 1.</summary>
    public double MovedSeconds { get; init; } = 1;

    /// <summary>An object is lost when it was not seen for so many seconds; 0 to 3,600, default 1.</summary>
    public double LostSeconds { get; init; } = 1;
}
