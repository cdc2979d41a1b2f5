using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Reads <c>Cameras</c>: a list of entries with a <c>Name</c> and any sections of the common configuration, which they override
/// key by key.</summary>
internal static class CamerasReader
{
    /// <summary>Name of the list.</summary>
    public const string Section = "Cameras";

    // All cameras share one network, one preprocessing library, one web server and one set of metrics.
    private static readonly string[] s_common =
    [
        "Segment:Weights", "Segment:Device", "Segment:Precision", "Segment:Threads", "Preprocess", "Web", "Metrics", "Fleet",
    ];
    private static readonly string[] s_own = ["Fleet:Needs", "Fleet:CameraMilliseconds"];
    private const int LongestName = 64;

    /// <summary>Reads the settings of every camera; without a list, one camera named <c>camera</c> with the common settings.</summary>
    /// <exception cref="UserErrorException">The common sections or an entry are invalid; the message has one line per error.</exception>
    public static IReadOnlyList<CameraSettings> Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var common = SettingsReader.Read(configuration, errors);
        var cameras = new List<CameraSettings>();
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            cameras.Add(ReadEntry(configuration, entry, cameras, errors));
        }

        return errors.Count > 0
            ? throw SettingsReader.Invalid(errors)
            : cameras.Count > 0 ? cameras
            : [new CameraSettings("camera", common)];
    }

    /// <summary>Whether an option, given by its full key, is shared by all cameras.</summary>
    public static bool IsCommon(string key) =>
        !s_own.Contains(key, StringComparer.OrdinalIgnoreCase)
            && Array.Exists(
                s_common,
                c => key.Equals(c, StringComparison.OrdinalIgnoreCase) || key.StartsWith(c + ":", StringComparison.OrdinalIgnoreCase));

    private static CameraSettings ReadEntry(
        IConfiguration configuration, IConfigurationSection entry, List<CameraSettings> before, List<string> errors)
    {
        var name = entry["Name"] ?? "";
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            errors.Add($"{entry.Path}:Name={name}: must be 1 to {LongestName} letters, digits, - or _");
        }
        else if (before.Exists(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add($"{entry.Path}:Name={name}: must be unique; another camera has the same name");
        }

        // Read the common sections again, since each camera changes its own copy. Their errors are already reported.
        var settings = SettingsReader.Read(configuration, []);
        foreach (var child in entry.GetChildren().Where(c => !c.Key.Equals("Name", StringComparison.OrdinalIgnoreCase)))
        {
            ReadOverrides(child, settings, errors);
        }

        if (entry.GetSection(nameof(Settings.Zones)).Exists())
        {
            errors.AddRange(ZoneShape.Together(settings.Zones, entry.Path + ":"));
        }

        return new CameraSettings(name, entry["Output:Directory"] is null
            ? settings with { Output = settings.Output with { Directory = Path.Combine(settings.Output.Directory, name) } }
            : settings);
    }

    private static void ReadOverrides(IConfigurationSection section, Settings settings, List<string> errors)
    {
        if (SettingsReader.SectionOf(section.Key) is not { } known)
        {
            errors.Add($"{section.Path}: this section does not exist; "
                + "a camera has Name, Capture, Segment, Memory, Objects, Zones, Budget and Output");
            return;
        }

        if (section.GetChildren().Select(c => $"{known.Name}:{c.Key}").FirstOrDefault(IsCommon) is { } common)
        {
            errors.Add($"{section.Path[..^section.Key.Length]}{common}: this option is shared by all cameras; set {common} instead");
            return;
        }

        known.SetValue(
            settings, new SectionReader(errors, section.Path[..^section.Key.Length]).Read(section, known.Name, known.GetValue(settings)!));
    }
}
