using System.Text.Json.Serialization;

namespace SwiftNet.Live.Control.Api;

/// <summary>Why something was not done, as RFC 9457 has it.</summary>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">One line: what is wrong and what to do.</param>
internal sealed record ControlProblem(string Title, int Status, string Detail);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ControlProblem))]
internal sealed partial class ControlProblemJson : JsonSerializerContext;
