using System.Globalization;
using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera as one node's configuration has it, for whichever node is to run it.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="Values">Its options by their whole keys, such as <c>Capture:Source</c>: the common ones with the camera's own in their place. They may hold passwords.</param>
[GenerateSerializer]
internal sealed record CameraDefinition(string Name, SortedDictionary<string, string> Values)
{
    private const string Directory = "Output:Directory";

    /// <summary>Every camera of a list of cameras; without a list this node brings none into the fleet.</summary>
    /// <param name="configuration">A configuration that has been read without errors.</param>
    public static IReadOnlyList<CameraDefinition> AllOf(IConfiguration configuration) =>
        [.. configuration.GetSection(CamerasReader.Section).GetChildren().Select(entry => Of(configuration, entry))];

    /// <summary>The camera as this node runs it: what is one for all cameras, and the folder of results, are the node's own.</summary>
    /// <exception cref="UserErrorException">Something of it is not valid here.</exception>
    public CameraSettings On(IConfiguration node)
    {
        var entry = $"{CamerasReader.Section}:0:";
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(node.AsEnumerable().Where(option => option.Value is not null && (CamerasReader.IsCommon(option.Key) || option.Key.Equals(Directory, StringComparison.OrdinalIgnoreCase))))
            .AddInMemoryCollection([new(entry + "Name", Name), .. Values.Select(option => KeyValuePair.Create(entry + option.Key, (string?)option.Value))])
            .Build();
        return CamerasReader.Read(configuration)[0];
    }

    /// <summary>What its node must have; null for nothing.</summary>
    public string? Needs => Values.GetValueOrDefault("Fleet:Needs") is { Length: > 0 } needs ? needs
        : Source.StartsWith("v4l2://", StringComparison.OrdinalIgnoreCase) ? Source["v4l2://".Length..].Split('?')[0]
        : null;

    /// <summary>Where its pictures come from. It may hold a password.</summary>
    public string Source => Values.GetValueOrDefault("Capture:Source") ?? "";

    /// <summary>Milliseconds of device time a second that it is taken to need until it has been measured.</summary>
    public double Milliseconds => double.TryParse(Values.GetValueOrDefault("Fleet:CameraMilliseconds"), CultureInfo.InvariantCulture, out var given) ? given : new FleetOptions().CameraMilliseconds;

    /// <inheritdoc/>
    public bool Equals(CameraDefinition? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>Tells the name alone.</summary>
    public override string ToString() => Name;

    private static CameraDefinition Of(IConfiguration configuration, IConfigurationSection entry)
    {
        var own = Leaves(entry, entry.Path + ":").Where(option => !option.Key.Equals("Name", StringComparison.OrdinalIgnoreCase)).ToArray();
        // A list of the entry's own replaces the common one as a whole.
        var lists = own.Select(option => ListOf(option.Key)).OfType<string>().ToArray();
        var common = Leaves(configuration, "").Where(option => !IsNodeOption(option.Key)
            && !option.Key.Equals(Directory, StringComparison.OrdinalIgnoreCase)
            && !Array.Exists(lists, list => option.Key.StartsWith(list, StringComparison.OrdinalIgnoreCase)));
        var values = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in common.Concat(own))
        {
            values[key] = value;
        }

        return new CameraDefinition(entry["Name"]!, values);
    }

    private static bool IsNodeOption(string key) => CamerasReader.IsCommon(key)
        || key.StartsWith("Logging", StringComparison.OrdinalIgnoreCase) || key.StartsWith(CamerasReader.Section, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Key, string Value)> Leaves(IConfiguration of, string prefix) =>
        of.AsEnumerable().Where(option => option.Value is { Length: > 0 } && option.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(option => (option.Key[prefix.Length..], option.Value!));

    // Objects:Boxes: of Objects:Boxes:0.
    private static string? ListOf(string key) => key.LastIndexOf(':') is > 0 and var colon && int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? key[..(colon + 1)] : null;
}
