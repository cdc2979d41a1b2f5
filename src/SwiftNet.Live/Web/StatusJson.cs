using System.Text.Json.Serialization;

namespace SwiftNet.Live.Web;

/// <summary>How the status is written as JSON: names in snake_case, as in the JSON lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(ReadyStatus))]
[JsonSerializable(typeof(CameraReady))]
internal sealed partial class StatusJson : JsonSerializerContext;
