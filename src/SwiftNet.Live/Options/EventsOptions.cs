namespace SwiftNet.Live.Options;

/// <summary>Thresholds of object events, for MQTT, the webhook and event clips.</summary>
internal sealed record EventsOptions
{
    /// <summary>Distance of an object's centre since its last event that triggers a moved event, relative to its size (the mean side of its
    /// bounding box); over 0, up to 100, default 0.5.</summary>
    public double MovedShare { get; init; } = 0.5;

    /// <summary>Minimum time between an object's last event and its moved event, in seconds; 0 to 3,600, default 1.</summary>
    public double MovedSeconds { get; init; } = 1;

    /// <summary>Time without a visible pixel after which an object is reported as lost, in seconds; 0 to 3,600, default 1.</summary>
    public double LostSeconds { get; init; } = 1;
}
