namespace SwiftNet.Live.Options;

/// <summary>Events to an MQTT broker, below <c>TOPIC/CAMERA/</c>.</summary>
internal sealed record MqttOptions
{
    /// <summary>The broker; nothing for no MQTT.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; 1 to 65,535, default 1883 (with TLS brokers use 8883).</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The user name, or nothing.</summary>
    public string? User { get; init; }

    /// <summary>The password, or nothing.</summary>
    [Secret]
    public string? Password { get; init; }

    /// <summary>Whether the connection is encrypted and the broker's certificate checked. Default: false.</summary>
    public bool Tls { get; init; }

    /// <summary>A file of certificates (PEM) that the broker's must come from, in place of the system's; or nothing.</summary>
    public string? CaFile { get; init; }

    /// <summary>What every topic begins with; default swiftnet-live.</summary>
    public string Topic { get; init; } = "swiftnet-live";

    /// <summary>Seconds between two messages of <c>TOPIC/CAMERA/state</c>, every object with its box; 0 to 3,600, default 0, which is none.</summary>
    public double StateSeconds { get; init; }

    /// <summary>Whether <c>TOPIC/CAMERA/command</c> is obeyed: whoever may publish there can give, correct and remove objects. Default: false.</summary>
    public bool Commands { get; init; }
}
