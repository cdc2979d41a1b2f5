using System.Text.Json;
using System.Text.Json.Serialization;
using SwiftNet.Live.Control;

namespace SwiftNet.Live.Segment;

/// <summary>What a file of objects says of them besides their memory: names, colours, and which are paused.</summary>
internal static class ObjectFile
{
    private const string Key = "objects";

    /// <summary>Writes it.</summary>
    public static IReadOnlyDictionary<string, string> Describe(IReadOnlyList<FollowedObject> objects)
    {
        NamedObject[] named =
        [
            .. objects.Select(o => new NamedObject(o.Id, o.Name, o.Colour, o.State == ObjectCondition.Paused, o.AddedFrame)),
        ];
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Key] = JsonSerializer.Serialize(named, ObjectFileJson.Default.NamedObjectArray),
        };
    }

    /// <summary>Reads it; what cannot be used is left out, and the objects then have the names and colours of their ids.</summary>
    public static IReadOnlyList<NamedObject> Read(IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return metadata.TryGetValue(Key, out var text)
                && JsonSerializer.Deserialize(text, ObjectFileJson.Default.NamedObjectArray) is { } named
                ? Array.ConvertAll(named, o => o with { Name = AskRules.Name(o.Name), Colour = AskRules.Colour(o.Colour) })
                : [];
        }
        catch (Exception e) when (e is JsonException or ControlRefusedException or NullReferenceException)
        {
            return [];
        }
    }
}

/// <summary>An object of a file.</summary>
internal sealed record NamedObject(byte Id, string? Name, string? Colour, bool Paused, long AddedFrame);

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NamedObject[]))]
internal sealed partial class ObjectFileJson : JsonSerializerContext;
