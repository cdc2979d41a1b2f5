using System.Text.Json;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Control;

/// <summary>A command as it comes over MQTT.</summary>
internal sealed record MqttCommand
{
    /// <summary>The sender's identifier for the answer; returned unchanged.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>preview, add, correct, change, remove or reset.</summary>
    public string? Do { get; init; }

    /// <summary>The object; for preview, the one to be put right, if any.</summary>
    public byte? Object { get; init; }

    /// <summary>As in <see cref="Ask"/>.</summary>
    public long? Frame { get; init; }

    /// <summary>As in <see cref="Ask"/> and <see cref="Change"/>.</summary>
    public string? Name { get; init; }

    /// <summary>As in <see cref="Ask"/> and <see cref="Change"/>.</summary>
    public string? Colour { get; init; }

    /// <summary>As in <see cref="Change"/>.</summary>
    public bool? Paused { get; init; }

    /// <summary>As in <see cref="Ask"/>.</summary>
    public Prompt? Prompt { get; init; }

    /// <summary>The list's revision that the command was made for; refused when it is another by now.</summary>
    public long? Revision { get; init; }
}
