using System.Text.Json.Serialization;
using SwiftNet.Live.Status;

namespace SwiftNet.Live.Web;

/// <summary>JSON format of the status: snake_case names, as in the JSON lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(ReadyStatus))]
[JsonSerializable(typeof(CameraReady))]
internal sealed partial class StatusJson : JsonSerializerContext;
