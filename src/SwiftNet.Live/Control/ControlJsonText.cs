using System.Text.Json;

namespace SwiftNet.Live.Control;

/// <summary>What is wrong with JSON, in words for whoever sent it.</summary>
internal static class ControlJsonText
{
    /// <summary>One line, with the place.</summary>
    public static string Describe(JsonException e)
    {
        // The message ends with a path of its own; what stands before it is the reason.
        var reason = e.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].ReplaceLineEndings(" ").TrimEnd('.', ' ', '|');
        return e.Path is null or "$" ? $"The JSON cannot be used: {reason}." : $"The JSON cannot be used at {e.Path}: {reason}.";
    }
}
