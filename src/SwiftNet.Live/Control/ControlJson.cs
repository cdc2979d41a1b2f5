using System.Text.Json;
using System.Text.Json.Serialization;
using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Control;

/// <summary>How commands and answers are written as JSON: names in snake_case; a member that there is not is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Ask))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(Prompt))]
[JsonSerializable(typeof(Proposal))]
[JsonSerializable(typeof(ObjectList))]
[JsonSerializable(typeof(ObjectChangeEvent))]
[JsonSerializable(typeof(CameraList))]
[JsonSerializable(typeof(ZoneAsk))]
[JsonSerializable(typeof(ZoneList))]
[JsonSerializable(typeof(MqttCommand))]
internal sealed partial class ControlJson : JsonSerializerContext;

/// <summary>Words in snake_case.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The cameras whose objects can be commanded.</summary>
internal sealed record CameraList(IReadOnlyList<CameraFacts> Cameras);

/// <summary>A camera, as the control API returns it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">One word: starting, running, draining, ended, failed.</param>
/// <param name="Connection">How its source is, one word: connecting, streaming, stalled, backing_off, refused, ended.</param>
/// <param name="Source">Its source, without credentials.</param>
/// <param name="Frame">The newest frame that can be pointed at; null before the first.</param>
/// <param name="Time">When that was captured.</param>
/// <param name="Width">Its columns, in pixels.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Objects">Objects in its list.</param>
internal sealed record CameraFacts(
    string Name, string State, string Connection, string Source, long? Frame, DateTimeOffset? Time, int? Width, int? Height, int Objects);
