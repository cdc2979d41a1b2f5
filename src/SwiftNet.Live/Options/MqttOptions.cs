namespace SwiftNet.Live.Options;

/// <summary>Publishing events to an MQTT broker, below <c>TOPIC/CAMERA/</c>.</summary>
internal sealed record MqttOptions
{
    /// <summary>The broker's host; empty = no MQTT.</summary>
    public string? Host { get; init; }

    /// <summary>The broker's port; 1 to 65,535, default 1883 (brokers usually use 8883 for TLS).</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The user name; empty = none.</summary>
    public string? User { get; init; }

    /// <summary>The password; empty = none.</summary>
    [Secret]
    public string? Password { get; init; }

    /// <summary>Whether TLS is used, with verification of the broker's certificate. Default: false.</summary>
    public bool Tls { get; init; }

    /// <summary>A file with trusted CA certificates (PEM), instead of the system's; empty = none.</summary>
    public string? CaFile { get; init; }

    /// <summary>Prefix of every topic; default swiftnet-live.</summary>
    public string Topic { get; init; } = "swiftnet-live";

    /// <summary>Interval of <c>TOPIC/CAMERA/state</c> messages with all objects and their bounding boxes, in seconds; 0 to 3,600, default 0
    /// = none.</summary>
    public double StateSeconds { get; init; }

    /// <summary>Whether commands at <c>TOPIC/CAMERA/command</c> are executed: every client that may publish there can add, correct and
    /// remove objects. Default: false.</summary>
    public bool Commands { get; init; }
}
