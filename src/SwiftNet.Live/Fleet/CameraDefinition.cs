using System.Globalization;
using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera as configured on one node, complete enough for any node of the fleet to run it.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="Values">The camera's options by full key, such as <c>Capture:Source</c>: the common options, overridden by the camera's
/// own. May contain passwords.</param>
[GenerateSerializer]
internal sealed record CameraDefinition(string Name, SortedDictionary<string, string> Values)
{
    private const string Directory = "Output:Directory";

    /// <summary>All entries of the <c>Cameras</c> list; empty without a list: this node then contributes no camera to the fleet.</summary>
    /// <param name="configuration">A valid configuration.</param>
    public static IReadOnlyList<CameraDefinition> AllOf(IConfiguration configuration) =>
        [.. configuration.GetSection(CamerasReader.Section).GetChildren().Select(entry => Of(configuration, entry))];

    /// <summary>The camera's settings on this node: service-wide options and the output directory come from the node's own
    /// configuration.</summary>
    /// <exception cref="UserErrorException">An option is not valid on this node.</exception>
    public CameraSettings On(IConfiguration node)
    {
        var entry = $"{CamerasReader.Section}:0:";
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                node
                    .AsEnumerable()
                    .Where(
                        option => option.Value is not null
                            && (CamerasReader.IsCommon(option.Key) || option.Key.Equals(Directory, StringComparison.OrdinalIgnoreCase))))
            .AddInMemoryCollection(
                FormerKeys.Rename(
                    [new(entry + "Name", Name), .. Values.Select(option => KeyValuePair.Create(entry + option.Key, (string?)option.Value))],
                    warn: null))
            .Build();
        return CamerasReader.Read(configuration)[0];
    }

    /// <summary>The device that a node must have to run the camera; null = any node can run it.</summary>
    public string? Needs => Values.GetValueOrDefault("Fleet:Needs") is { Length: > 0 } needs ? needs
        : Source.StartsWith("v4l2://", StringComparison.OrdinalIgnoreCase) ? Source["v4l2://".Length..].Split('?')[0]
        : null;

    /// <summary>The video source. May contain a password.</summary>
    public string Source => Values.GetValueOrDefault("Capture:Source") ?? "";

    /// <summary>Estimated device time in ms/s, used until the camera has been measured.</summary>
    public double Milliseconds =>
        double.TryParse(Values.GetValueOrDefault("Fleet:CameraMilliseconds"), CultureInfo.InvariantCulture, out var given)
            ? given
            : new FleetOptions().CameraMilliseconds;

    /// <inheritdoc/>
    public bool Equals(CameraDefinition? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>Returns only the name, so that no password is logged.</summary>
    public override string ToString() => Name;

    private static CameraDefinition Of(IConfiguration configuration, IConfigurationSection entry)
    {
        var own = Leaves(entry, entry.Path + ":").Where(option => !option.Key.Equals("Name", StringComparison.OrdinalIgnoreCase)).ToArray();
        // A list in the camera's entry replaces the whole common list.
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
        || key.StartsWith("Logging", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(CamerasReader.Section, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Key, string Value)> Leaves(IConfiguration of, string prefix) =>
        of
            .AsEnumerable()
            .Where(option => option.Value is { Length: > 0 } && option.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(option => (option.Key[prefix.Length..], option.Value!));

    // "Objects:Boxes:" for "Objects:Boxes:0".
    private static string? ListOf(string key) =>
        key.LastIndexOf(':') is > 0 and var colon
            && int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? key[..(colon + 1)]
            : null;
}
