using System.Text;
using System.Text.Json;

namespace SwiftNet.Live.Options;

/// <summary>Validates a settings file as JSON before it is loaded, so that errors name line and column.</summary>
internal static class SettingsJson
{
    /// <summary>Validates a file; a missing file is valid.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, is not a JSON object, or contains a key twice in one
    /// object.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        byte[] text;
        try
        {
            text = Encoding.UTF8.GetBytes(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The settings file {path} cannot be read: {e.Message}", e);
        }

        Check(path, text);
    }

    private static void Check(string path, byte[] text)
    {
        // The same leniency as the configuration provider.
        var reader = new Utf8JsonReader(
            text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var keys = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.StartObject or JsonTokenType.EndObject) })
                {
                    throw Error(path, text, reader.TokenStartIndex, "expected an object: { with sections such as \"Web\": { … }");
                }

                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    keys.Push(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                }
                else if (reader.TokenType == JsonTokenType.EndObject)
                {
                    keys.Pop();
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && !keys.Peek().Add(reader.GetString()!))
                {
                    throw Error(
                        path, text, reader.TokenStartIndex, $"the key \"{reader.GetString()}\" appears twice; expected each key once");
                }
            }
        }
        catch (JsonException e)
        {
            throw Error(path, text, StartOfLine(text, e.LineNumber ?? 0) + (e.BytePositionInLine ?? 0), Reason(e));
        }
    }

    private static string Reason(JsonException e)
    {
        var reason = e.Message.Split(" LineNumber: ")[0].ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return reason.EndsWith("invalid start of a value", StringComparison.Ordinal)
            ? $"{reason}; expected a string in double quotes, a number, true, false, null, {{ or ["
            : reason;
    }

    private static long StartOfLine(ReadOnlySpan<byte> text, long line)
    {
        var start = 0;
        for (var i = 0L; i < line; i++)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        return start;
    }

    private static UserErrorException Error(string path, byte[] text, long at, string what)
    {
        var before = Encoding.UTF8.GetString(text, 0, (int)Math.Min(at, text.Length));
        var (line, column) = (before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
        return new UserErrorException($"The settings file {path} is not valid JSON, line {line}, column {column}: {what}.");
    }
}
