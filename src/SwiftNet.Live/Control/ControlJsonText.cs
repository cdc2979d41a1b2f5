using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SwiftNet.Live.Control;

/// <summary>What is wrong with JSON, in terms of JSON for its sender: no type of this program is named.</summary>
internal static class ControlJsonText
{
    private const int LongestPath = 100;

    /// <summary>One line: where it is wrong, and what is expected there.</summary>
    /// <param name="e">What reading it as this type threw.</param>
    /// <param name="type">What it should be.</param>
    public static string Describe(JsonException e, JsonTypeInfo type) =>
        e.InnerException is JsonException syntax ? Syntax(syntax) : Expected(e.Path ?? "$", type);

    private static string Syntax(JsonException e)
    {
        // The message ends with the place; what stands before it is the reason.
        var reason = e.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].ReplaceLineEndings(" ").TrimEnd('.', ' ', '|');
        return $"This is no JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {reason}.";
    }

    private static string Expected(string path, JsonTypeInfo type)
    {
        var at = type;
        if (path.Contains('\'', StringComparison.Ordinal))
        {
            return $"The JSON cannot be used: there is no member {path[..Math.Min(path.Length, LongestPath)]}.";
        }

        foreach (var name in path.Split('.').Skip(1))
        {
            var depth = name.Count(c => c == '[');
            var member = name.Split('[')[0];
            if (Find(at, member) is not { } property)
            {
                return $"The JSON cannot be used at {path[..Math.Min(path.Length, LongestPath)]}: there is no such member; there are "
                    + $"{string.Join(", ", at.Properties.Select(p => p.Name))}.";
            }

            at = type.Options.GetTypeInfo(property.PropertyType);
            for (var i = 0; i < depth && at.ElementType is { } element; i++)
            {
                at = type.Options.GetTypeInfo(element);
            }
        }

        return $"The JSON cannot be used at {path}: expected is {Words(at)}.";
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name) =>
        type.Properties.FirstOrDefault(property => property.Name == name);

    private static string Words(JsonTypeInfo type) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
    {
        var t when t == typeof(string) => "a text",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(byte) => "a whole number from 0 to 255",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(double) => "a number",
        var t when t == typeof(byte[]) => "a text in base64",
        _ when type.ElementType is { } element => $"a list of which each entry is {Words(type.Options.GetTypeInfo(element))}",
        _ when type.Properties.Count > 0 => $"an object with {string.Join(", ", type.Properties.Select(p => p.Name))}",
        _ => "another kind of value",
    };
}
